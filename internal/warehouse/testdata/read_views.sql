SELECT color_count AS n
FROM b_colors
