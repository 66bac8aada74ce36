package dev.interdict.simulation;

import dev.interdict.policy.RuleFixtures;
import dev.interdict.server.draft.Draft;
import dev.interdict.server.draft.YamlFile;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;

/// Draws rules with their dates.
record Bans(Random random, LocalDate day, ZoneId zone) {
  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /// A rule on the npm package of the same name.
  Draft draft(String id) {
    var announce = day.plusDays(random.nextInt(2));
    var effective = announce.plusDays(1 + random.nextInt(4));
    return draft(id, announce, effective);
  }

  /// The same id with another date.
  Draft later(Draft draft) {
    var before = draft.rule().timeline();
    return draft(
        draft.rule().id().value(),
        before.announce().toLocalDate(),
        before.effective().toLocalDate().plusDays(1 + random.nextInt(3)));
  }

  private Draft draft(String id, LocalDate announce, LocalDate effective) {
    var timeline =
        """
        "timeline": {
          "announce": "%sT09:00",
          "effective": "%sT%s",
          "zone": "%s",
          "clock": "%s",
          "minimum-notice": "%s",
          "reminders": [],
          "defer": {"times": %d, "by": "PT4H"},
          "out-of-contact": "%s",
          "request-freezes": %s
        },
        """
            .formatted(
                announce,
                effective,
                one(List.of("00:00", "10:00", "18:00")),
                zone,
                one(List.of("instant", "instant", "local")),
                one(List.of("PT0S", "PT1H", "PT24H", "P2D")),
                1 + random.nextInt(3),
                one(List.of("enforce", "wall-clock", "wait")),
                random.nextBoolean());
    var text =
        RuleFixtures.CLAUDE_CODE
            .replace("\"claude-code\"", "\"" + id + "\"")
            .replace("pkg:npm/%40anthropic-ai/claude-code", "pkg:npm/" + id)
            .replace("Anthropic.claude-code", id + ".x")
            .replace(".local/share/claude/versions/*", ".local/share/" + id + "/*")
            .replaceFirst("(?s)\"timeline\": \\{.*?\\},\n", timeline)
            .replace(
                "\"enforcement\": \"remove\"",
                "\"enforcement\": \"" + one(List.of("remove", "remove", "notify")) + "\"");
    var reading = YamlFile.read(id + ".yaml", text.getBytes(StandardCharsets.UTF_8));
    if (!(reading instanceof YamlFile.Reading.Read(var file))) {
      throw new IllegalStateException(reading + " " + text);
    }
    return new Draft(file, RuleFixtures.rule(text));
  }
}
