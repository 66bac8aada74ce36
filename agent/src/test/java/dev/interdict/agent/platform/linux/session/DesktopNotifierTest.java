package dev.interdict.agent.platform.linux.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.notice.Receipt.Reason;
import dev.interdict.agent.notice.Samples;
import dev.interdict.agent.platform.session.Workers;
import dev.interdict.policy.Language;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What the guard makes of workers that misbehave; each worker here is a line of shell.
@EnabledOnOs(OS.LINUX)
final class DesktopNotifierTest {
  private static final Instant NOW = Instant.parse("2026-07-03T01:00:00Z");
  private static final String HANDLE = "{\"service\":\"ab:1.1\",\"id\":7}";
  private static final String SHOWN = says("{\"answer\":\"shown\",\"handle\":" + HANDLE + "}");

  private final int uid = Surroundings.ofThisProcess(Map.of()).uid();

  private @Nullable Workers workers;

  @TempDir Path users;

  @AfterEach
  void endWorkers() {
    if (workers != null) {
      workers.close();
    }
  }

  @Test
  void what_the_worker_showed_is_shown_by_our_clock() throws IOException {
    assertEquals(new Receipt.Shown(Receipt.Channel.DESKTOP, NOW), show("cat >&2; " + SHOWN));
  }

  @Test
  void a_later_notice_names_the_one_it_replaces() throws IOException {
    var asked = users.resolve("asked");
    var notifier = notifier("cat >> " + asked + "; echo >> " + asked + "; " + SHOWN);
    session(uid);
    notifier.show(notice(uid));
    notifier.show(notice(uid));
    var lines = Files.readAllLines(asked, StandardCharsets.ISO_8859_1);
    assertTrue(lines.getFirst().contains("\"replaces\":[]"), lines.getFirst());
    assertTrue(lines.getLast().contains("\"replaces\":[" + HANDLE + "]"), lines.getLast());
  }

  @Test
  void nothing_a_worker_writes_is_believed_beyond_its_few_words() throws IOException {
    assertEquals(new Receipt.Failed(Reason.BAD_ANSWER), show(says("shown")));
    assertEquals(new Receipt.Failed(Reason.BAD_ANSWER), show("exec yes"));
    assertEquals(
        new Receipt.Failed(Reason.BAD_ANSWER), show(says("{\"answer\":\"text\",\"lines\":[]}")));
    assertEquals(new Receipt.Failed(Reason.NOT_STARTED), show("exit 0"));
    assertEquals(new Receipt.Failed(Reason.NOT_STARTED), show("printf '\\0\\0'; exit 0"));
  }

  @Test
  void a_worker_that_hangs_is_ended() throws IOException {
    session(uid);
    var notifier = notifier("sleep 600", surroundings(uid), Duration.ofMillis(200));
    assertEquals(new Receipt.Failed(Reason.TIME_LIMIT), notifier.show(notice(uid)));
  }

  @Test
  void without_a_session_no_worker_is_started() {
    var trace = users.resolve("trace");
    assertEquals(new Receipt.NoSession(), notifier("touch " + trace).show(notice(uid)));
    assertFalse(Files.exists(trace));
  }

  @Test
  void only_root_speaks_in_the_session_of_another() throws IOException {
    session(uid);
    var notifier = notifier(SHOWN, surroundings(4711), Duration.ofSeconds(30));
    assertEquals(new Receipt.Refused(Reason.NOT_OURS), notifier.show(notice(uid)));
  }

  @Test
  void root_becomes_the_person_for_good_before_the_worker_starts() throws IOException {
    assumeTrue(uid == 0, "not root: cannot become another user");
    var nobody = 65534;
    var folder = session(nobody);
    Files.setAttribute(folder, "unix:gid", nobody);
    var status = users.resolve("status");
    Files.createFile(status);
    Files.setAttribute(status, "unix:uid", nobody);
    Files.setAttribute(users, "unix:mode", 0755);
    var notifier = notifier("cat /proc/self/status > " + status + "; " + SHOWN);
    assertEquals(new Receipt.Shown(Receipt.Channel.DESKTOP, NOW), notifier.show(notice(nobody)));
    var lines = Files.readAllLines(status);
    assertEquals(List.of("65534", "65534", "65534", "65534"), values(lines, "Uid:"));
    assertEquals(List.of("65534", "65534", "65534", "65534"), values(lines, "Gid:"));
    assertEquals(List.of("65534"), values(lines, "Groups:"));
    assertEquals(List.of("0000000000000000"), values(lines, "CapPrm:"));
    assertEquals(List.of("0000000000000000"), values(lines, "CapInh:"));
    assertEquals(List.of("1"), values(lines, "NoNewPrivs:"));
  }

  @Test
  void nobody_is_given_the_group_of_root() throws IOException {
    assumeTrue(uid == 0, "not root: cannot become another user");
    session(65534);
    assertEquals(
        new Receipt.Refused(Reason.UNTRUSTED_SESSION), notifier(SHOWN).show(notice(65534)));
  }

  private static List<String> values(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .flatMap(line -> List.of(line.substring(name.length()).strip().split("\\s+")).stream())
        .toList();
  }

  private Receipt show(String script) throws IOException {
    session(uid);
    return notifier(script).show(notice(uid));
  }

  private DesktopNotifier notifier(String script) {
    return notifier(script, surroundings(uid), Duration.ofSeconds(30));
  }

  private DesktopNotifier notifier(String script, Surroundings surroundings, Duration patience) {
    workers = new Workers(patience, InstantSource.fixed(NOW));
    return new DesktopNotifier(
        List.of("/bin/sh", "-c", script), surroundings, users.resolve("agent.sock"), workers);
  }

  private Surroundings surroundings(int ours) {
    return new Surroundings(ours, null, users);
  }

  /// A line of shell that answers `json` as the worker's one message.
  private static String says(String json) {
    var length = json.getBytes(StandardCharsets.UTF_8).length;
    return "printf '\\000\\000\\000\\%03o%%s' '%s'".formatted(length, json);
  }

  private Path session(int person) throws IOException {
    var folder = users.resolve(Integer.toString(person));
    if (Files.exists(folder)) {
      return folder;
    }
    Files.createDirectory(folder);
    var bus = folder.resolve("bus");
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(bus));
    }
    if (person != uid) {
      Files.setAttribute(folder, "unix:uid", person);
      Files.setAttribute(bus, "unix:uid", person);
    }
    return folder;
  }

  private static Notice notice(int person) {
    var date = ZonedDateTime.of(2026, 7, 10, 0, 0, 0, 0, Samples.SHANGHAI);
    return Samples.notice(
        Samples.rule(), new Phase.Announced(date), Samples.recipient(person, Language.EN));
  }
}
