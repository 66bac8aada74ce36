package dev.interdict.decide.story;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.JsonException;
import dev.interdict.policy.RuleFixtures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifeFuzzTest {
  private static final Instant FROM = Instant.parse("2026-07-02T00:00:00Z");
  private static final String LIFE =
      """
      {"device": "00000000000000000000000000000000", "system": "linux", "zone": "Europe/Berlin",
       "groups": ["a"], "corporate-network": true, "running": "while-used",
       "found": {"since": "2026-06-01T09:00", "of": ["li-na"]},
       "people": [{"name": "li-na", "uses": [{"days": ["monday"], "from": "09:00", "to": "18:00"}],
         "away": [{"from": "2026-07-02T18:00", "to": "2026-07-20T09:00"}]}],
       "off": [{"from": "2026-07-08T12:00", "to": "2026-07-15T11:00"}],
       "events": [
         {"at": "2026-07-03T10:00", "kind": "remind", "person": "li-na", "until": "2026-07-07T14:00"},
         {"at": "2026-07-08T10:00", "kind": "put-off", "person": "li-na"},
         {"at": "2026-07-08T10:00", "kind": "request", "person": "li-na"},
         {"at": "2026-07-08T10:00", "kind": "refuse", "reason": "no"},
         {"at": "2026-07-08T10:00", "kind": "exempt", "until": "2026-07-15T12:00"},
         {"at": "2026-07-08T10:00", "kind": "stop", "reason": "r", "until": "2026-07-15T12:00"},
         {"at": "2026-07-08T10:00", "kind": "travel", "zone": "Asia/Tokyo"},
         {"at": "2026-07-08T10:00", "kind": "new-dates", "announce": "2026-07-08T09:00",
          "effective": "2026-07-22T10:00"}]}
      """;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void lives_are_read_and_told_or_refused() throws InterruptedException {
    var rule = RuleFixtures.rule(RuleFixtures.CLAUDE_CODE);
    Fuzz.of("life")
        .seeds(LIFE)
        .words("2026-07-08T10:00", "put-off", "stop", "until", "09:00", "Asia/Tokyo", "always")
        .refuses(JsonException.class)
        .run(input -> {
          var story = Story.of(rule, LifeReader.read(input), FROM, FROM.plus(Duration.ofDays(20)));
          var last = FROM;
          for (var happening : story.happenings()) {
            assertFalse(happening.at().isBefore(last), "told out of order");
            last = happening.at();
          }
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "\"running\": \"while-used\"|\"running\": \"never\"|/running",
        "\"groups\": [\"a\"]|\"groups\": [\"R&D\"]|/groups",
        "\"groups\"|\"group\"|/group",
        "Europe/Berlin|Europe/Atlantis|/zone",
        "\"of\": [\"li-na\"]|\"of\": [\"wang-wei\"]|/found/of",
        "\"monday\"|\"someday\"|/people/0/uses/0/days",
        "\"to\": \"18:00\"|\"to\": \"08:00\"|/people/0/uses/0",
        "\"to\": \"18:00\"|\"to\": \"25:00\"|/people/0/uses/0/to",
        "\"name\": \"li-na\"|\"name\": \"li na\"|/people/0/name",
        "\"to\": \"2026-07-20T09:00\"|\"to\": \"2026-07-01T09:00\"|/people/0/away/0/to",
        "\"put-off\", \"person\": \"li-na\"|\"put-off\", \"person\": \"x\"|/events/1/person",
        "\"effective\": \"2026-07-22T10:00\"|\"effective\":"
            + " \"2026-07-01T10:00\"|/events/7/effective",
      })
  void what_is_wrong_is_said_with_its_place(String good, String bad, String at) {
    var text = LIFE.replace(good, bad);
    assertNotEquals(LIFE, text);
    var refused = assertThrows(JsonException.class, () -> LifeReader.read(bytes(text)));
    assertTrue(String.valueOf(refused.getMessage()).contains(at), refused.getMessage());
  }

  @Test
  void events_are_bounded() {
    var event = "{\"at\": \"2026-07-08T10:00\", \"kind\": \"put-off\", \"person\": \"li-na\"},";
    var text = LIFE.replace("\"events\": [", "\"events\": [" + event.repeat(200));
    var refused = assertThrows(JsonException.class, () -> LifeReader.read(bytes(text)));
    var message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("/events") && message.contains("more than 200"), message);
  }
}
