package dev.interdict.agent.platform.linux.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.notice.Samples;
import dev.interdict.agent.platform.linux.session.DesktopNotifier;
import dev.interdict.agent.platform.linux.session.Surroundings;
import dev.interdict.agent.platform.session.ListeningGuard;
import dev.interdict.agent.platform.session.ListeningGuard.Asked;
import dev.interdict.agent.platform.session.Workers;
import dev.interdict.policy.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.types.UInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What each button does, from the service's signal to the guard's socket and back: a worker in a
/// Java process of its own, a real bus, a service on it that presses the buttons.
@EnabledOnOs(OS.LINUX)
final class ButtonsIT {
  private static final Instant NOW = Instant.parse("2026-07-09T02:00:00Z");
  private static final ZonedDateTime DATE = Samples.MIDNIGHT;
  private static final ZonedDateTime NEXT =
      ZonedDateTime.of(2026, 7, 9, 16, 0, 0, 0, Samples.SHANGHAI);
  private static final String RULE = "claude-code";

  private final Surroundings here = Surroundings.ofThisProcess(Map.of());
  private final Workers workers = new Workers(Duration.ofMinutes(1), InstantSource.fixed(NOW));
  private final FakeNotifications service = FakeNotifications.with("body", "actions");

  @TempDir Path users;

  @BeforeEach
  void findBus() {
    assumeTrue(Files.isExecutable(TestingBus.DAEMON), "no dbus-daemon: install package dbus");
  }

  @AfterEach
  void endWorkers() {
    workers.close();
  }

  @Test
  void remind_asks_for_what_the_button_promised_and_confirms_it() throws Exception {
    press(
        new Phase.DayBefore(DATE, NEXT),
        "remind",
        Map.of("remind", "{\"until\":\"2026-07-09T08:00:00Z\"}"),
        guard -> {
          assertEquals(
              asked("remind", RULE, Map.of("until", "2026-07-09T08:00:00Z")), guard.next());
          confirmed("We will remind you about Claude Code", "Thu 9 July, 16:00");
        });
  }

  @Test
  void defer_says_the_new_date_and_what_is_left() throws Exception {
    press(
        lastHour(2),
        "defer",
        Map.of("defer", "{\"date\":\"2026-07-10T16:00:00Z\",\"left\":1,\"last\":null}"),
        guard -> {
          var asked = guard.next();
          assertEquals("defer", asked.verb());
          assertEquals("1", asked.with().get("times"));
          confirmed("Claude Code is put off until 11 July", "Sat 11 July, 00:00");
        });
  }

  @Test
  void remove_is_asked_for_and_confirmed() throws Exception {
    press(
        lastHour(0),
        "remove",
        Map.of(),
        guard -> {
          assertEquals(asked("remove", RULE, Map.of()), guard.next());
          confirmed("It is being removed now", "projects");
        });
  }

  @Test
  void a_refusal_is_told_in_the_guards_words() throws Exception {
    press(
        lastHour(1),
        "defer",
        Map.of("defer", "{\"error\":\"it was put off as often as the rule allows\"}"),
        guard -> {
          assertEquals("defer", guard.next().verb());
          confirmed("That is not possible now", "as often as the rule allows");
        });
  }

  @Test
  void the_message_itself_and_every_other_question_opens_the_page() throws Exception {
    press(new Phase.Announced(DATE), "default", "why", Map.of(), _ -> assertEquals(RULE, opened()));
    assertEquals(1, service.shown().size());
  }

  @Test
  void ok_only_notes_that_it_was_clicked() throws Exception {
    press(
        new Phase.Announced(DATE),
        "ok",
        Map.of(),
        guard -> await(() -> !service.closed().isEmpty()));
    assertEquals(1, service.shown().size());
  }

  @Test
  void dismissing_is_noted_and_expiring_is_not() throws Exception {
    try (var bus = TestingBus.start(users, here.uid(), false);
        var guard = guard(Map.of())) {
      bus.serve(service);
      show(new Phase.Announced(DATE));
      assertEquals("shown", guard.next().with().get("outcome"));
      bus.send(new Notifications.Closed(Notifications.PATH, id(), new UInt32(2)));
      assertEquals("closed", guard.next().with().get("outcome"));
      show(new Phase.Announced(DATE));
      assertEquals("shown", guard.next().with().get("outcome"));
      bus.send(new Notifications.Closed(Notifications.PATH, id(), new UInt32(1)));
      show(new Phase.Announced(DATE));
      assertEquals("shown", guard.next().with().get("outcome"));
      assertEquals(List.of(), guard.all());
    }
  }

  @Test
  void signals_of_others_on_the_bus_are_not_heard() throws Exception {
    try (var bus = TestingBus.start(users, here.uid(), false);
        var guard = guard(Map.of())) {
      bus.serve(service);
      show(lastHour(1));
      assertEquals("shown", guard.next().with().get("outcome"));
      var stranger = Bus.connect(users.resolve(here.uid() + "/bus"), Duration.ofSeconds(5));
      stranger
          .connection()
          .sendMessage(new Notifications.Invoked(Notifications.PATH, id(), "remove"));
      stranger.close();
      bus.send(new Notifications.Invoked(Notifications.PATH, id(), "defer"));
      assertEquals("defer", guard.next().with().get("choice"));
    }
  }

  /// Checks what comes of a press.
  private interface Check {
    void of(ListeningGuard guard) throws Exception;
  }

  private void press(Phase phase, String key, Map<String, String> answers, Check check)
      throws Exception {
    press(phase, key, key, answers, check);
  }

  private void press(
      Phase phase, String key, String choice, Map<String, String> answers, Check check)
      throws Exception {
    try (var bus = TestingBus.start(users, here.uid(), false);
        var guard = guard(answers)) {
      bus.serve(service);
      show(phase);
      assertEquals(receipt("shown"), guard.next());
      bus.send(new Notifications.Invoked(Notifications.PATH, id(), key));
      assertEquals(
          asked(
              "receipt",
              "n-1",
              Map.of("channel", "desktop", "outcome", "clicked", "choice", choice)),
          guard.next());
      check.of(guard);
    }
  }

  private static Asked receipt(String outcome) {
    return asked("receipt", "n-1", Map.of("channel", "desktop", "outcome", outcome));
  }

  private static Asked asked(String verb, String about, Map<String, String> with) {
    return new Asked(System.getProperty("user.name"), verb, about, with);
  }

  private ListeningGuard guard(Map<String, String> answers) throws Exception {
    return new ListeningGuard(users.resolve("agent.sock"), answers);
  }

  private UInt32 id() {
    return new UInt32(service.shown().getLast().id());
  }

  private static Phase lastHour(int deferrals) {
    return new Phase.LastHour(DATE, 60, deferrals, Duration.ofDays(1));
  }

  private void show(Phase phase) {
    var worker =
        NotifyProgram.line(
            NotifyProgram.classPath(), Duration.ofMinutes(1), NOW, users.resolve("opened"));
    var notifier =
        new DesktopNotifier(
            worker,
            new Surroundings(here.uid(), null, users),
            users.resolve("agent.sock"),
            workers);
    var receipt = notifier.show(notice(phase));
    assertInstanceOf(Receipt.Shown.class, receipt);
  }

  private Notice notice(Phase phase) {
    return Samples.notice(Samples.rule(), phase, Samples.recipient(here.uid(), Language.EN));
  }

  private void confirmed(String title, String part) throws Exception {
    await(() -> service.shown().size() > 1);
    var shown = service.shown().getLast();
    assertEquals(title, shown.title());
    assertTrue(shown.body().contains(part), shown.body());
    assertEquals(List.of(), shown.actions());
    assertEquals(service.shown().getFirst().id(), shown.replaces());
  }

  private String opened() throws Exception {
    var file = users.resolve("opened");
    await(() -> Files.exists(file) && Files.size(file) > 0);
    return Files.readString(file).strip();
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    for (var i = 0; i < 600 && !condition.holds(); i++) {
      Thread.sleep(100);
    }
    assertTrue(condition.holds(), "it did not happen within a minute");
  }
}
