package dev.interdict.server.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.policy.RuleId;
import dev.interdict.server.ceremony.RuleChange;
import dev.interdict.server.store.Sql;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleVersionsIT {
  private static final RuleId ONE = new RuleId("some-tool");
  private static final RuleId OTHER = new RuleId("other-tool");
  @TempDir private Path folder;
  private TestingRepository on;

  @BeforeEach
  void open() throws Exception {
    on = new TestingRepository(folder);
  }

  @AfterEach
  void close() {
    on.close();
  }

  private void publish(String id, String name) {
    on.publisher.publish(
        "li.na", List.of(TestingRepository.draft(id, name)), TestingRepository.AGREED);
  }

  private static List<String> told(RuleVersions versions, RuleId rule) {
    return versions.of(rule).stream().map(one -> one.by().serial() + " " + one.kind()).toList();
  }

  private void documents(String documents) {
    on.database.write(connection -> Sql.update(connection, "update publication set " + documents));
  }

  @Test
  void what_was_read_once_goes_on_with_what_is_published_since() {
    var versions = new RuleVersions(on.publications);
    assertEquals(List.of(), versions.of(ONE));
    publish("some-tool", "Some Tool");
    assertEquals(List.of("1 ADDED"), told(versions, ONE));
    publish("other-tool", "Other Tool");
    publish("some-tool", "Another Tool");
    assertEquals(List.of("3 CHANGED", "1 ADDED"), told(versions, ONE));
    assertEquals(List.of("2 ADDED"), told(versions, OTHER));
    assertEquals(List.of(), versions.of(new RuleId("no-tool")));
    var whole = new RuleVersions(on.publications);
    assertEquals(whole.of(ONE), versions.of(ONE));
    assertEquals(RuleChange.Kind.ADDED, whole.of(OTHER).getFirst().kind());
  }

  @Test
  void no_document_is_read_twice() {
    publish("some-tool", "Some Tool");
    publish("some-tool", "Another Tool");
    var versions = new RuleVersions(on.publications);
    var before = versions.of(ONE);
    documents("document = 'unreadable'");
    assertEquals(before, versions.of(ONE));
    assertEquals(List.of(), versions.of(OTHER));
  }

  @Test
  void one_that_is_found_to_be_visible_after_a_later_one_takes_its_place() {
    publish("some-tool", "Some Tool");
    publish("other-tool", "Other Tool");
    publish("some-tool", "Another Tool");
    documents("shown_at = null where serial = 1");
    var versions = new RuleVersions(on.publications);
    assertEquals(List.of("2 ADDED"), told(versions, OTHER));
    documents("shown_at = 1 where serial = 1");
    assertEquals(List.of("3 CHANGED", "1 ADDED"), told(versions, ONE));
  }
}
