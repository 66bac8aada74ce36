package dev.interdict.server.exemptions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A request for an exemption as the person who filed it at the console sees it.
///
/// @param id this server's name for it
/// @param until the end that is asked for
/// @param reason their own words; null once they are kept no longer
public record FiledRequest(
    String id, About about, Instant at, @Nullable Instant until, @Nullable String reason) {}
