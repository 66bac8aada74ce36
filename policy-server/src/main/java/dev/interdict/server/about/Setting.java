package dev.interdict.server.about;

/// One setting of this server as it holds.
///
/// @param name where it stands in `server.yaml`, such as `reports.keep`
/// @param value as people read it; never a secret, of which only is told that there is one
public record Setting(String name, String value) {}
