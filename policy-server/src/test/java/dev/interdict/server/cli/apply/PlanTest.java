package dev.interdict.server.cli.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.server.draft.Template;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
  private static final Instant NOW = Instant.parse("2026-07-01T09:00:00Z");
  private static final RuleId RULE = new RuleId("some-tool");

  @TempDir Path folder;
  private List<RuleText> texts = List.of();

  @BeforeEach
  void write_a_rule() throws Exception {
    Files.writeString(folder.resolve("some-tool.yaml"), Template.rule(RULE, NOW));
    texts = RuleText.read(List.of(folder));
  }

  /// Drafts that are there, of which each is read as it stands by then.
  private record Drafts(Map<RuleId, Json> inForce, List<OpenDraft> drafts, Text text)
      implements Desk {
    @Override
    public String option() {
      return "";
    }

    @Override
    public String place() {
      return "here";
    }

    @Override
    public String me() {
      return "ada";
    }

    @Override
    public Text text(OpenDraft draft) {
      return text;
    }

    @Override
    public Checked check(String name, String content) {
      return new Checked(List.of(), List.of(), 0);
    }

    @Override
    public long create(String origin, String content) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void edit(OpenDraft draft, Text before, String content) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private static Desk.OpenDraft draft(String author) {
    return new Desk.OpenDraft(7, RULE, "open", 1, "another", author);
  }

  private Step step(Map<RuleId, Json> inForce, String listed, String newest) {
    var desk = new Drafts(inForce, List.of(draft(listed)), new Desk.Text("id: other", "2", newest));
    var plan = Plan.of(Checking.of(texts, inForce, NOW).files(), inForce, desk);
    assertEquals(1, plan.steps().size());
    return plan.steps().getFirst();
  }

  private Map<RuleId, Json> published() {
    var checked = Checking.of(texts, Map.of(), NOW).files();
    return Map.of(RULE, checked.values().iterator().next().file().json());
  }

  @Test
  void whoever_prepares_the_next_version_hinders_nobody_who_has_nothing_to_write() {
    var same = assertInstanceOf(Step.Same.class, step(published(), "bo", "bo"));
    assertEquals(List.of(draft("bo")), same.beside());
    assertInstanceOf(Step.Same.class, step(published(), "ada", "ada"));
  }

  @Test
  void a_draft_of_ones_own_gets_the_text_and_somebody_elses_does_not() {
    assertInstanceOf(Step.Edit.class, step(Map.of(), "ada", "ada"));
    assertInstanceOf(Step.Conflict.class, step(Map.of(), "bo", "bo"));
  }

  @Test
  void whoever_wrote_since_the_list_was_read_keeps_the_text() {
    var conflict = assertInstanceOf(Step.Conflict.class, step(Map.of(), "ada", "bo"));
    assertEquals("bo", conflict.author());
  }
}
