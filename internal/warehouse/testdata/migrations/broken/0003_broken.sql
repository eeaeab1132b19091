-- +goose Up
ALTER TABLE nowhere ADD COLUMN size UInt8
