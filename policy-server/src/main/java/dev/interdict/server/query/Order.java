package dev.interdict.server.query;

/// In which order a list is shown.
///
/// @param by what it goes by, a word that the list knows
/// @param falling the other way round
public record Order(String by, boolean falling) {}
