package dev.interdict.server.publish;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One publication of the blocklist.
///
/// @param summary what changed, such as `added claude-code`
/// @param sha256 of the document, in lower-case hex, to be read aloud before and after signing
/// @param shownAt when devices could first see it; null if they never could
public record Published(
    long serial,
    Instant begunAt,
    String actor,
    String summary,
    String sha256,
    @Nullable Instant shownAt) {}
