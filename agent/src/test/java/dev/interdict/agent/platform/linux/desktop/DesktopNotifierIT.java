package dev.interdict.agent.platform.linux.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.notice.Receipt.Reason;
import dev.interdict.agent.notice.Samples;
import dev.interdict.agent.platform.linux.session.DesktopNotifier;
import dev.interdict.agent.platform.linux.session.Surroundings;
import dev.interdict.agent.platform.session.Workers;
import dev.interdict.agent.wording.Wording;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import dev.interdict.policy.RuleId;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The whole way: guard's side, a worker in a Java process of its own, a real bus, a service on it.
@EnabledOnOs(OS.LINUX)
final class DesktopNotifierIT {
  private static final Instant NOW = Instant.parse("2026-07-03T01:00:00Z");
  private static final Receipt SHOWN = new Receipt.Shown(Receipt.Channel.DESKTOP, NOW);
  private static final ZonedDateTime DATE =
      ZonedDateTime.of(2026, 7, 10, 0, 0, 0, 0, Samples.SHANGHAI);
  private static final Duration AMPLE = Duration.ofMinutes(1);
  private static final int NOBODY = 65534;

  private final int uid = Surroundings.ofThisProcess(Map.of()).uid();

  private final Workers workers = new Workers(AMPLE, InstantSource.fixed(NOW));

  @TempDir Path users;

  @AfterEach
  void endWorkers() {
    workers.close();
  }

  @BeforeEach
  void findBus() {
    assumeTrue(Files.isExecutable(TestingBus.DAEMON), "no dbus-daemon: install package dbus");
  }

  @Test
  void a_notice_appears_on_the_desktop() throws Exception {
    try (var bus = TestingBus.start(users, uid, false)) {
      var service = FakeNotifications.with("body", "actions");
      bus.serve(service);
      assertEquals(SHOWN, notifier().show(notice(new Phase.Announced(DATE), Language.ZH_CN)));
      var shown = service.shown().getFirst();
      assertEquals(uid, shown.user());
      assertEquals("Interdict", shown.application());
      assertEquals("Claude Code 将于7月10日移除", shown.title());
      assertEquals(
          Wording.texts(notice(new Phase.Announced(DATE), Language.ZH_CN), NOW).body(),
          shown.body());
      assertEquals(
          List.of("default", "", "get", "安装 Qoder", "why", "了解原因", "ok", "知道了"), shown.actions());
      assertEquals(1, shown.urgency());
      assertEquals(-1, shown.expiry());
    }
  }

  @Test
  void the_last_hour_is_urgent_and_replaces_what_was_shown_before() throws Exception {
    try (var bus = TestingBus.start(users, uid, false)) {
      var service = FakeNotifications.with("body");
      bus.serve(service);
      var notifier = notifier();
      notifier.show(notice(new Phase.DayBefore(DATE, null), Language.EN));
      notifier.show(notice(new Phase.LastHour(DATE, 60, 0, Duration.ZERO), Language.EN));
      var shown = service.shown();
      assertEquals(0, shown.get(0).replaces());
      assertEquals(shown.get(0).id(), shown.get(1).replaces());
      assertEquals(2, shown.get(1).urgency());
      assertEquals(0, shown.get(1).expiry());
    }
  }

  @Test
  void another_rule_and_another_session_replace_nothing() throws Exception {
    var notifier = notifier();
    try (var bus = TestingBus.start(users, uid, false)) {
      var service = FakeNotifications.with("body");
      bus.serve(service);
      notifier.show(notice(new Phase.DayBefore(DATE, null), Language.EN));
      var other = notice(new Phase.DayBefore(DATE, null), Language.EN);
      notifier.show(
          Notice.of(
              "n-2",
              other.recipient(),
              List.of(
                  new Matter(
                      new RuleId("other"),
                      "Other",
                      "",
                      "",
                      Enforcement.REMOVE,
                      other.matters().getFirst().phase()))));
      assertEquals(0, service.shown().get(1).replaces());
    }
    Files.deleteIfExists(users.resolve(uid + "/bus"));
    Files.delete(users.resolve(Integer.toString(uid)));
    try (var bus = TestingBus.start(users, uid, false)) {
      var service = FakeNotifications.with("body");
      bus.serve(service);
      notifier.show(notice(new Phase.DayBefore(DATE, null), Language.EN));
      assertEquals(0, service.shown().getFirst().replaces());
    }
  }

  @Test
  void markup_in_a_name_is_text_to_every_service() throws Exception {
    var name = "<a href=\"x\">Q&A</a>";
    var rule = Samples.rule("<b>Tool</b>", name, Enforcement.REMOVE);
    var notice =
        Samples.notice(rule, new Phase.Announced(DATE), Samples.recipient(uid, Language.EN));
    try (var bus = TestingBus.start(users, uid, false)) {
      var rich = FakeNotifications.with("body", "body-markup", "body-hyperlinks");
      bus.serve(rich);
      assertEquals(SHOWN, notifier().show(notice));
      var body = rich.shown().getFirst().body();
      assertEquals(
          body(notice),
          body.replace("&lt;", "<")
              .replace("&gt;", ">")
              .replace("&quot;", "\"")
              .replace("&amp;", "&"));
      assertEquals(-1, body.indexOf('<'));
    }
  }

  @Test
  void a_service_without_markup_is_sent_the_text_as_it_is() throws Exception {
    var rule = Samples.rule("Tool", "R&D <x>", Enforcement.REMOVE);
    var notice =
        Samples.notice(rule, new Phase.Announced(DATE), Samples.recipient(uid, Language.EN));
    try (var bus = TestingBus.start(users, uid, false)) {
      var plain = FakeNotifications.with("body");
      bus.serve(plain);
      assertEquals(SHOWN, notifier().show(notice));
      assertEquals(body(notice), plain.shown().getFirst().body());
      assertEquals(List.of(), plain.shown().getFirst().actions());
    }
  }

  @Test
  void a_bus_without_a_notification_service_is_no_session() throws Exception {
    try (var bus = TestingBus.start(users, uid, false)) {
      assertInstanceOf(Receipt.NoSession.class, notifier().show(announced(uid)));
    }
  }

  @Test
  void a_hanging_service_is_given_up() throws Exception {
    try (var bus = TestingBus.start(users, uid, false)) {
      var service = FakeNotifications.hanging();
      bus.serve(service);
      assertEquals(
          new Receipt.Failed(Reason.TIME_LIMIT),
          notifier(program(NotifyProgram.classPath(), Duration.ofSeconds(2))).show(announced(uid)));
      assertEquals(List.of(), service.shown());
      service.wake();
    }
  }

  @Test
  void a_bus_that_accepts_and_says_nothing_is_given_up() throws IOException {
    var folder = Files.createDirectory(users.resolve(Integer.toString(uid)));
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(folder.resolve("bus")));
      assertEquals(
          new Receipt.Failed(Reason.TIME_LIMIT),
          notifier(program(NotifyProgram.classPath(), Duration.ofSeconds(2))).show(announced(uid)));
    }
  }

  @Test
  void a_dead_socket_is_a_failure_and_no_notice() throws IOException {
    var folder = Files.createDirectory(users.resolve(Integer.toString(uid)));
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(folder.resolve("bus")));
    }
    assertEquals(new Receipt.Failed(Reason.SESSION_ERROR), notifier().show(announced(uid)));
  }

  @Test
  void root_shows_it_as_the_person_and_not_as_root() throws Exception {
    assumeTrue(uid == 0, "not root: cannot become another user");
    Files.setAttribute(users, "unix:mode", 0755);
    var readable = readableCopies();
    try (var bus = TestingBus.start(users, NOBODY, true)) {
      var service = FakeNotifications.with("body");
      bus.serve(service);
      assertEquals(SHOWN, notifier(program(readable, AMPLE)).show(announced(NOBODY)));
      var shown = service.shown().getFirst();
      assertEquals("Claude Code will be removed on 10 July", shown.title());
      assertEquals(NOBODY, shown.user());
    }
  }

  /// As a service without buttons is to show it.
  private static String body(Notice notice) {
    var texts = Wording.texts(notice, NOW);
    return texts.body() + "\n" + texts.more();
  }

  private DesktopNotifier notifier() {
    return notifier(program(NotifyProgram.classPath(), AMPLE));
  }

  private DesktopNotifier notifier(List<String> worker) {
    return new DesktopNotifier(
        worker, new Surroundings(uid, null, users), users.resolve("agent.sock"), workers);
  }

  private List<String> program(String classPath, Duration limit) {
    return NotifyProgram.line(classPath, limit, NOW, users.resolve("opened"));
  }

  /// The class path where another user can read it, which a home or a build folder need not allow.
  private String readableCopies() throws IOException {
    var copies = new ArrayList<String>();
    for (var entry : NotifyProgram.classPath().split(File.pathSeparator)) {
      var from = Path.of(entry);
      var to = users.resolve("class-path-" + copies.size());
      if (Files.isRegularFile(from)) {
        to = Path.of(to + ".jar");
        Files.copy(from, to);
      } else if (Files.isDirectory(from)) {
        copyTree(from, to);
      }
      copies.add(to.toString());
    }
    return String.join(File.pathSeparator, copies);
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private Notice announced(int person) {
    return Samples.notice(
        Samples.rule(), new Phase.Announced(DATE), Samples.recipient(person, Language.EN));
  }

  private Notice notice(Phase phase, Language language) {
    return Samples.notice(Samples.rule(), phase, Samples.recipient(uid, language));
  }
}
