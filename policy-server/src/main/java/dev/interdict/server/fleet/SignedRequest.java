package dev.interdict.server.fleet;

import dev.interdict.wire.RequestParts;

/// A request as it arrived, not yet believed.
///
/// @param input the `Signature-Input` field
/// @param signature the `Signature` field
/// @param body its exact bytes; the caller bounded their number
public record SignedRequest(RequestParts parts, String input, String signature, byte[] body) {}
