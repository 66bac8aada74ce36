package dev.interdict.agent.platform.linux.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.notice.Samples;
import dev.interdict.agent.platform.linux.session.DesktopNotifier;
import dev.interdict.agent.platform.linux.session.Surroundings;
import dev.interdict.agent.platform.session.ListeningGuard;
import dev.interdict.agent.platform.session.Workers;
import dev.interdict.policy.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The real thing: a screen, Xfce's notification service, and clicks on its buttons. With the
/// system property `interdict.screenshots` set to a folder it leaves pictures of the notices there.
@EnabledOnOs(OS.LINUX)
final class RealDesktopIT {
  private static final Instant NOW = Instant.parse("2026-07-09T02:00:00Z");
  private static final Receipt SHOWN = new Receipt.Shown(Receipt.Channel.DESKTOP, NOW);
  private static final ZonedDateTime NEXT =
      ZonedDateTime.of(2026, 7, 9, 16, 0, 0, 0, Samples.SHANGHAI);
  private static final Phase DAY_BEFORE = new Phase.DayBefore(Samples.MIDNIGHT, NEXT);

  private final int uid = Surroundings.ofThisProcess(Map.of()).uid();
  private final Workers workers = new Workers(Duration.ofMinutes(1), InstantSource.fixed(NOW));

  @TempDir Path users;

  @BeforeEach
  void findPrograms() {
    var missing = RealDesktop.missing(RealDesktop.XFCE);
    assumeTrue(missing.isEmpty(), missing);
  }

  @AfterEach
  void endWorkers() {
    workers.close();
  }

  @Test
  void a_click_on_remind_reaches_the_guard() throws Exception {
    try (var desktop = desktop("zh_CN.UTF-8");
        var guard = guard(Map.of("remind", "{\"until\":\"2026-07-09T08:00:00Z\"}"))) {
      assertEquals(SHOWN, show(DAY_BEFORE));
      assertEquals("shown", guard.next().with().get("outcome"));
      picture(desktop, "notice-zh");
      desktop.clickLastButton();
      assertEquals("remind", guard.next().with().get("choice"));
      var asked = guard.next();
      assertEquals("remind", asked.verb());
      assertEquals("claude-code", asked.about());
      assertEquals(Map.of("until", "2026-07-09T08:00:00Z"), asked.with());
      picture(desktop, "confirmed-zh");
    }
  }

  @Test
  void closing_it_is_noted() throws Exception {
    try (var desktop = desktop("en_US.UTF-8");
        var guard = guard(Map.of())) {
      assertEquals(SHOWN, show(DAY_BEFORE));
      assertEquals("shown", guard.next().with().get("outcome"));
      picture(desktop, "notice-en");
      // A click on the text is a dismissal to Xfce, which knows no default action.
      desktop.clickText();
      assertEquals("closed", guard.next().with().get("outcome"));
    }
  }

  @Test
  void a_click_on_put_off_reaches_the_guard() throws Exception {
    var answer = "{\"date\":\"2026-07-10T16:00:00Z\",\"left\":1,\"last\":null}";
    try (var desktop = desktop("en_US.UTF-8");
        var guard = guard(Map.of("defer", answer))) {
      var phase = new Phase.LastHour(Samples.MIDNIGHT, 60, 2, Duration.ofDays(1));
      assertEquals(SHOWN, show(phase));
      assertEquals("shown", guard.next().with().get("outcome"));
      picture(desktop, "last-hour-en");
      desktop.clickLastButton();
      assertEquals("defer", guard.next().with().get("choice"));
      assertEquals("defer", guard.next().verb());
      picture(desktop, "confirmed-en");
    }
  }

  @Test
  void a_click_on_remove_reaches_the_guard() throws Exception {
    try (var desktop = desktop("en_US.UTF-8");
        var guard = guard(Map.of())) {
      assertEquals(SHOWN, show(new Phase.LastHour(Samples.MIDNIGHT, 5, 0, Duration.ZERO)));
      assertEquals("shown", guard.next().with().get("outcome"));
      desktop.clickLastButton();
      assertEquals("remove", guard.next().with().get("choice"));
      assertEquals("remove", guard.next().verb());
    }
  }

  @Test
  void a_click_on_a_question_opens_the_page() throws Exception {
    try (var desktop = desktop("en_US.UTF-8");
        var guard = guard(Map.of())) {
      assertEquals(SHOWN, show(new Phase.Enforced(Samples.MIDNIGHT)));
      assertEquals("shown", guard.next().with().get("outcome"));
      desktop.clickLastButton();
      assertEquals("what", guard.next().with().get("choice"));
      var opened = users.resolve("opened");
      RealDesktop.await("the page", () -> Files.exists(opened) && Files.size(opened) > 0);
      assertEquals("claude-code", Files.readString(opened).strip());
    }
  }

  @Test
  void the_replacement_opens_in_the_browser() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/xdg-open")), "no xdg-open: install xdg-utils");
    browser("#!/bin/sh\necho \"$1\" >> " + users + "/visited\n");
    try (var desktop = desktop("en_US.UTF-8");
        var guard = guard(Map.of())) {
      assertEquals(SHOWN, show(new Phase.Enforced(Samples.MIDNIGHT)));
      assertEquals("shown", guard.next().with().get("outcome"));
      desktop.clickFirstOfTwo();
      assertEquals("open", guard.next().with().get("choice"));
      var visited = users.resolve("visited");
      RealDesktop.await("the browser", () -> Files.exists(visited) && Files.size(visited) > 0);
      assertEquals("https://it.example.com/qoder", Files.readString(visited).strip());
    }
  }

  /// Makes a script the person's browser, as desktops keep it in the home.
  private void browser(String script) throws IOException {
    var program = Files.writeString(users.resolve("browser"), script);
    assertTrue(program.toFile().setExecutable(true));
    var applications = Files.createDirectories(users.resolve(".local/share/applications"));
    Files.writeString(
        applications.resolve("test.desktop"),
        "[Desktop Entry]\nType=Application\nName=Test\nExec=" + program + " %u\n");
    Files.writeString(
        Files.createDirectories(users.resolve(".config")).resolve("mimeapps.list"),
        "[Default Applications]\nx-scheme-handler/https=test.desktop\n");
  }

  private RealDesktop desktop(String locale) throws Exception {
    return new RealDesktop(users, uid, RealDesktop.XFCE, Map.of("LANG", locale));
  }

  private ListeningGuard guard(Map<String, String> answers) throws Exception {
    return new ListeningGuard(users.resolve("agent.sock"), answers);
  }

  private Receipt show(Phase phase) {
    var worker =
        NotifyProgram.line(
            NotifyProgram.classPath(), Duration.ofMinutes(1), NOW, users.resolve("opened"));
    return new DesktopNotifier(
            worker, new Surroundings(uid, null, users), users.resolve("agent.sock"), workers)
        .show(Samples.notice(Samples.rule(), phase, Samples.recipient(uid, Language.EN)));
  }

  private static void picture(RealDesktop desktop, String name) throws Exception {
    var folder = System.getProperty("interdict.screenshots");
    if (folder != null) {
      Thread.sleep(2_000);
      desktop.ask(Path.of("/usr/bin/scrot"), "-o", folder + "/" + name + ".png");
    }
  }
}
