GRANT SELECT ON {databases};
GRANT SELECT ON system.one;
GRANT SELECT ON system.numbers
