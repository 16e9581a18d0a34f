-- Cells of an imported history that could not be taken as they lie: none where there is text here, text where there are numbers, a
-- name that the account no longer has. By column, as the legacy API tells them.
CREATE TABLE recorded_cells (
    play_id bigint PRIMARY KEY REFERENCES plays ON DELETE CASCADE ON UPDATE CASCADE,
    cells jsonb NOT NULL
);
-- Plays of no decision, or of one that nobody knows, are looked for when plays of one are.
CREATE INDEX recorded_cells_decision ON recorded_cells (play_id) WHERE cells ? 'transcode_decision';
