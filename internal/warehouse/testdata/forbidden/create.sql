CREATE TABLE another (n UInt8) ENGINE = Memory
