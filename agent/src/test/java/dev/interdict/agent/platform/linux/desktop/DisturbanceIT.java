package dev.interdict.agent.platform.linux.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.notice.Receipt.Wish;
import dev.interdict.agent.notice.Samples;
import dev.interdict.agent.platform.linux.session.DesktopNotifier;
import dev.interdict.agent.platform.linux.session.Surroundings;
import dev.interdict.agent.platform.session.Workers;
import dev.interdict.policy.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Wishes for quiet, each by the means of the desktop that has it: real services where this machine
/// has them, else a service that answers as the real one does.
@EnabledOnOs(OS.LINUX)
@Order(2)
final class DisturbanceIT {
  private static final Instant NOW = Instant.parse("2026-07-09T02:00:00Z");
  private static final Phase REMINDER = new Phase.Reminder(Samples.MIDNIGHT, 1, null);
  private static final Phase LAST_HOUR = new Phase.LastHour(Samples.MIDNIGHT, 60, 0, Duration.ZERO);

  private static final Path XPROP = Path.of("/usr/bin/xprop");
  private static final Path OPENBOX = Path.of("/usr/bin/openbox");
  private static final Path XCALC = Path.of("/usr/bin/xcalc");

  private final int uid = Surroundings.ofThisProcess(Map.of()).uid();
  private final Workers workers = new Workers(Duration.ofMinutes(1), InstantSource.fixed(NOW));

  @TempDir Path users;

  @AfterEach
  void endWorkers() {
    workers.close();
  }

  @Test
  void xfce_asks_for_quiet_until_the_last_hour() throws Exception {
    assumeNothingIsMissing(RealDesktop.XFCE);
    try (var desktop = new RealDesktop(users, uid, RealDesktop.XFCE, Map.of())) {
      var set =
          desktop.ask(
              Path.of("/usr/bin/gdbus"),
              "call",
              "--session",
              "--dest=org.xfce.Xfconf",
              "--object-path=/org/xfce/Xfconf",
              "--method=org.xfce.Xfconf.SetProperty",
              "xfce4-notifyd",
              "/do-not-disturb",
              "<true>");
      assertEquals("()", set);
      assertEquals(new Receipt.DoNotDisturb(Wish.DND), show(REMINDER));
      assertInstanceOf(Receipt.Shown.class, show(LAST_HOUR));
    }
  }

  @Test
  void dunst_asks_for_quiet_until_the_last_hour() throws Exception {
    assumeNothingIsMissing(RealDesktop.DUNST);
    try (var desktop = new RealDesktop(users, uid, RealDesktop.DUNST, Map.of())) {
      assertInstanceOf(Receipt.Shown.class, show(REMINDER));
      desktop.ask(Path.of("/usr/bin/dunstctl"), "set-paused", "true");
      assertEquals(new Receipt.DoNotDisturb(Wish.DND), show(REMINDER));
      assertInstanceOf(Receipt.Shown.class, show(LAST_HOUR));
    }
  }

  @Test
  void a_full_screen_is_not_broken_into_before_the_last_hour() throws Exception {
    assumeNothingIsMissing(RealDesktop.XFCE);
    for (var program : List.of(XPROP, OPENBOX, XCALC)) {
      assumeTrue(
          Files.isExecutable(program), "no " + program + ": install x11-utils, openbox, x11-apps");
    }
    var configuration =
        Files.writeString(
            users.resolve("rc.xml"),
            """
            <openbox_config xmlns="http://openbox.org/3.4/rc">
              <applications>
                <application class="XCalc"><fullscreen>yes</fullscreen></application>
              </applications>
            </openbox_config>
            """);
    try (var desktop = new RealDesktop(users, uid, RealDesktop.XFCE, Map.of());
        var manager = desktop.start(OPENBOX, "--config-file", configuration.toString())) {
      RealDesktop.await(
          "the window manager",
          () -> desktop.ask(XPROP, "-root", "_NET_SUPPORTING_WM_CHECK").contains("window id"));
      assertInstanceOf(Receipt.Shown.class, show(REMINDER));
      try (var window = desktop.start(XCALC)) {
        RealDesktop.await(
            "an active window",
            () -> {
              desktop.ask(RealDesktop.HAND, "search", "--class", "XCalc", "windowactivate");
              var active = desktop.ask(XPROP, "-root", "_NET_ACTIVE_WINDOW");
              return active.contains("0x") && !active.endsWith(" 0x0");
            });
        assertTrue(window.isAlive());
        assertEquals(new Receipt.DoNotDisturb(Wish.FULL_SCREEN), show(REMINDER));
        assertInstanceOf(Receipt.Shown.class, show(LAST_HOUR));
      }
      assertTrue(manager.isAlive());
    }
  }

  @Test
  void plasma_holds_notices_back() throws Exception {
    try (var bus = TestingBus.start(users, uid, false)) {
      var plasma = FakeNotifications.inhibited();
      bus.serve(plasma);
      assertEquals(new Receipt.DoNotDisturb(Wish.DND), show(REMINDER));
      assertEquals(List.of(), plasma.shown());
      assertInstanceOf(Receipt.Shown.class, show(LAST_HOUR));
    }
  }

  @Test
  void gnome_is_kept_from_going_idle() throws Exception {
    asked(
        "org.gnome.SessionManager",
        "/org/gnome/SessionManager",
        new FakeServices.Gnome(8),
        Wish.PRESENTING);
  }

  @Test
  void a_program_that_only_forbids_suspending_is_no_presentation() throws Exception {
    try (var bus = TestingBus.start(users, uid, false)) {
      bus.serve(FakeNotifications.with("body"));
      bus.serve("org.gnome.SessionManager", "/org/gnome/SessionManager", new FakeServices.Gnome(4));
      assertInstanceOf(Receipt.Shown.class, show(REMINDER));
    }
  }

  @Test
  void power_saving_is_held_back() throws Exception {
    asked(
        "org.freedesktop.PowerManagement",
        "/org/freedesktop/PowerManagement/Inhibit",
        new FakeServices.Power(),
        Wish.PRESENTING);
  }

  @Test
  void a_locked_screen_shows_nothing_to_anybody() throws Exception {
    asked(
        "org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", new FakeServices.Locked(), Wish.LOCKED);
  }

  private void asked(String name, String path, DBusInterface service, Wish wish) throws Exception {
    try (var bus = TestingBus.start(users, uid, false)) {
      var notifications = FakeNotifications.with("body");
      bus.serve(notifications);
      bus.serve(name, path, service);
      assertEquals(new Receipt.DoNotDisturb(wish), show(REMINDER));
      assertEquals(List.of(), notifications.shown());
    }
  }

  private static void assumeNothingIsMissing(Path service) {
    var missing = RealDesktop.missing(service);
    assumeTrue(missing.isEmpty(), missing);
  }

  private Receipt show(Phase phase) {
    var worker =
        NotifyProgram.line(
            NotifyProgram.classPath(), Duration.ofMinutes(1), NOW, users.resolve("opened"));
    return new DesktopNotifier(
            worker, new Surroundings(uid, null, users), users.resolve("agent.sock"), workers)
        .show(Samples.notice(Samples.rule(), phase, Samples.recipient(uid, Language.EN)));
  }
}
