package dev.interdict.server.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.policy.RuleId;
import dev.interdict.server.MovableClock;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.TestingDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecognitionIT {
  private static final RuleId RULE = new RuleId("claude-code");
  private static final String TEXT = RuleFixtures.CLAUDE_CODE;

  @TempDir Path folder;
  private Database database;
  private Publications publications;
  private Recognition recognition;
  private long serial;

  @BeforeEach
  void open() {
    var clock = new MovableClock(Instant.parse("2026-07-01T08:00:00Z"));
    database = TestingDatabase.open(folder);
    publications = new Publications(database, new Audit(database, clock), clock);
    recognition = new Recognition(publications);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_rule_that_is_not_published_is_recognised_since_never() throws Exception {
    assertEquals(OptionalLong.empty(), since(TEXT));
    publish("[]");
    assertEquals(OptionalLong.empty(), since(TEXT));
  }

  @Test
  void other_words_and_dates_leave_it_as_it_was() throws Exception {
    publish("[" + TEXT + "]");
    publish("[" + TEXT.replace("2026-07-10T00:00", "2026-07-12T00:00") + "]");
    assertEquals(OptionalLong.of(1), since(TEXT.replace("\"remove\"", "\"block\"")));
  }

  @Test
  void another_matcher_or_replacement_starts_anew() throws Exception {
    publish("[" + TEXT + "]");
    for (var change :
        List.of(
            TEXT.replace("Anthropic.claude-code", "Anthropic.claude"),
            TEXT.replace("qodercli", "qoder"))) {
      assertEquals(OptionalLong.empty(), since(change));
    }
    publish("[" + TEXT.replace("Anthropic.claude-code", "Anthropic.claude") + "]");
    publish("[" + TEXT + "]");
    assertEquals(OptionalLong.of(3), since(TEXT));
  }

  @Test
  void withdrawn_in_between_and_never_visible_are_told_apart() throws Exception {
    publish("[" + TEXT + "]");
    begin("[]");
    publish("[" + TEXT + "]");
    assertEquals(OptionalLong.of(1), since(TEXT));
    publish("[]");
    publish("[" + TEXT + "]");
    assertEquals(OptionalLong.of(5), since(TEXT));
  }

  private OptionalLong since(String rule) throws Exception {
    return recognition.since(RULE, RuleFixtures.json(rule));
  }

  private void publish(String rules) {
    begin(rules);
    publications.shown(serial, serial);
  }

  private void begin(String rules) {
    serial++;
    var items = ((Json.Arr) RuleFixtures.json(rules)).items();
    var document = JsonWriter.pretty(Blocklist.document(serial, "IT", items));
    publications.begin(serial, "anna", "test", "0".repeat(64), document);
  }
}
