package dev.interdict.server.cli.importing;

/// A product's way to write bans down.
interface Format {

  /// Reads an export.
  ///
  /// @throws dev.interdict.server.cli.terminal.Failure if it is none, or hostile
  Found read(byte[] content);
}
