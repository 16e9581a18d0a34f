DROP TABLE mixed_groups;
