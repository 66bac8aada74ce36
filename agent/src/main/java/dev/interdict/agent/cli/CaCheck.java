package dev.interdict.agent.cli;

import dev.interdict.agent.cli.DoctorCommand.Check;
import dev.interdict.wire.PemCertificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/// Whether the certificates that the server's must come from are good for something.
final class CaCheck {
  /// Reads certificates. Seam of the two places where they lie.
  @FunctionalInterface
  private interface Reading {
    PemCertificates certificates() throws IOException;
  }

  private CaCheck() {}

  /// Of the ones that this computer keeps.
  static Check kept(String pem, Instant now) {
    return of(
        () ->
            PemCertificates.of(
                pem.getBytes(StandardCharsets.ISO_8859_1), "what this computer was given"),
        now);
  }

  /// Of the file that it is to take them from.
  static Check in(Path file, Instant now) {
    return of(() -> PemCertificates.read(file), now);
  }

  private static Check of(Reading reading, Instant now) {
    try {
      var end = reading.certificates().end();
      var holds = now.isBefore(end);
      return new Check(holds ? "ca" : "ca-ended", holds, end.toString());
    } catch (IOException e) {
      return new Check("ca-unread", false, String.valueOf(e.getMessage()));
    }
  }
}
