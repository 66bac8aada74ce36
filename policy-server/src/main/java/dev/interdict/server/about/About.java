package dev.interdict.server.about;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a running server tells of itself.
///
/// @param version of the program
/// @param agents where agents reach it
/// @param database where everything is kept, without a password
/// @param settings those of `server.yaml`, in the order of the file
/// @param certificate the one that is presented now; null without TLS
/// @param systems the others, as they stand now
public record About(
    String version,
    String agents,
    String database,
    List<Setting> settings,
    Supplier<@Nullable Certificate> certificate,
    Supplier<List<OtherSystem>> systems) {
  public About {
    settings = List.copyOf(settings);
  }
}
