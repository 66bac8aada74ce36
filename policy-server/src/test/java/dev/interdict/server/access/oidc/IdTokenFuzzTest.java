package dev.interdict.server.access.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.fuzz.Fuzz;
import java.net.http.HttpClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-database")
class IdTokenFuzzTest {
  private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-07-01T08:00:00Z"));

  @Test
  void a_changed_token_is_refused_or_says_what_was_signed() throws Exception {
    try (var provider = new HandwrittenProvider(clock);
        var client = HttpClient.newHttpClient()) {
      provider.nonce = "n";
      var settings = provider.settings(List.of());
      var tokens =
          new IdTokens(
              settings,
              new Provider(settings, client, clock, java.time.Duration.ofSeconds(10)),
              clock);
      Fuzz.of("id-token")
          .seeds(provider.signed(claims -> claims), provider.signed(claims -> claims.claim("x", 1)))
          .words(".", "..", "=", "eyJhbGciOiJub25lIn0", "eyJhbGciOiJIUzI1NiJ9")
          .run(input -> {
            try {
              var subject = tokens.verified(Fuzz.text(input), "n");
              assertEquals("subject-1", subject.subject());
            } catch (RefusedSignInException e) {
              // As it should be.
            }
          });
    }
  }
}
