DROP TABLE recorded_cells;
