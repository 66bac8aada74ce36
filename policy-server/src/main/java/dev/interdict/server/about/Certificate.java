package dev.interdict.server.about;

import java.time.Instant;

/// The certificate that both listeners present.
///
/// @param subject whose it is
/// @param issuer who vouches for it
public record Certificate(String subject, String issuer, Instant expires) {}
