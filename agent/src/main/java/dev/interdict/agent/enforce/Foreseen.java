package dev.interdict.agent.enforce;

/// What an act would come to if it were done now. By the time it is done, things may have changed.
///
/// @param outcome what it would return
/// @param bytes content that would be moved or cut; 0 where nothing would
public record Foreseen(Outcome outcome, long bytes) {}
