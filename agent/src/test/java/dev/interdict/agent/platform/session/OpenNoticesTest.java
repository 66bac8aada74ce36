package dev.interdict.agent.platform.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Samples;
import dev.interdict.agent.platform.Command;
import dev.interdict.agent.platform.Conversation;
import dev.interdict.policy.Language;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Which workers stay; each is a process that would live for a minute.
@EnabledOnOs(OS.LINUX)
final class OpenNoticesTest {
  private static final Handle ONE = new Handle("ab:1.1", 1);
  private static final Handle TWO = new Handle("ab:1.1", 2);

  private final OpenNotices open = new OpenNotices();

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void a_later_notice_of_the_rule_ends_the_worker_before() throws Exception {
    var first = put(1000, ONE, "rule-a");
    assertEquals(List.of(ONE), open.replacedBy(notice(1000, "rule-a")));
    var second = put(1000, TWO, "rule-a");
    assertEquals("ended", waited(first));
    assertTrue(second.isAlive());
    assertEquals(List.of(TWO), open.replacedBy(notice(1000, "rule-a")));
  }

  @Test
  void other_rules_and_other_people_keep_theirs() throws Exception {
    var first = put(1000, ONE, "rule-a");
    put(1000, TWO, "rule-b");
    put(1001, TWO, "rule-a");
    assertTrue(first.isAlive());
    assertEquals(List.of(), open.replacedBy(notice(1000, "rule-c")));
  }

  @Test
  void a_notice_of_several_rules_takes_the_place_of_each() throws Exception {
    var first = put(1000, ONE, "rule-a");
    var second = put(1000, TWO, "rule-b");
    assertEquals(List.of(ONE, TWO), open.replacedBy(notice(1000, "rule-a", "rule-b", "rule-c")));
    put(1000, TWO, "rule-a", "rule-b", "rule-c");
    assertEquals("ended", waited(first));
    assertEquals("ended", waited(second));
  }

  @Test
  void neither_a_person_nor_a_crowd_holds_many_workers() throws Exception {
    var theirs = new ArrayList<Conversation>();
    for (var i = 0; i <= OpenNotices.MOST_OF_ONE; i++) {
      theirs.add(put(1000, ONE, "rule-" + i));
    }
    assertEquals("ended", waited(theirs.getFirst()));
    assertTrue(theirs.getLast().isAlive());
    var crowd = new ArrayList<>(theirs.subList(1, theirs.size()));
    for (var i = 0; i < OpenNotices.MOST; i++) {
      crowd.add(put(2000 + i, ONE, "rule-a"));
    }
    for (var ended : crowd.subList(0, OpenNotices.MOST_OF_ONE)) {
      assertEquals("ended", waited(ended));
    }
    assertTrue(crowd.getLast().isAlive());
  }

  @Test
  void closing_ends_them_all() throws Exception {
    var worker = put(1000, ONE, "rule-a");
    open.close();
    assertEquals("ended", waited(worker));
    assertFalse(worker.isAlive());
  }

  private Conversation put(int uid, Handle handle, String... rules) throws IOException {
    var worker = Command.of(Path.of("/bin/sleep"), List.of("60"), Duration.ofMinutes(2)).start();
    open.put(notice(uid, rules), handle, worker);
    return worker;
  }

  private static String waited(Conversation worker) throws InterruptedException {
    worker.await();
    return worker.timedOut() ? "timed out" : "ended";
  }

  private static Notice notice(int uid, String... rules) {
    var matters =
        Stream.of(rules)
            .map(rule -> Samples.matter(rule, new Phase.Announced(Samples.MIDNIGHT)))
            .toList();
    return Notice.of("n-1", Samples.recipient(uid, Language.EN), matters);
  }
}
