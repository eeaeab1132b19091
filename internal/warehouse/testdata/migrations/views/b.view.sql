CREATE OR REPLACE VIEW b_colors AS
SELECT count() AS color_count
FROM a_colors
