-- +goose Up
ALTER TABLE things ADD COLUMN IF NOT EXISTS color String;
