package dev.interdict.server.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.interdict.report.RuleState;
import dev.interdict.server.access.Accounts;
import dev.interdict.server.access.ApiTokens;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.events.Links;
import dev.interdict.server.mail.MailSettings.Security;
import dev.interdict.server.publish.InForce;
import dev.interdict.server.review.Bureau;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Leases;
import dev.interdict.server.store.Sql;
import dev.interdict.server.views.Rhythm;
import dev.interdict.server.views.Rhythm.Every;
import dev.interdict.server.views.SavedViews;
import dev.interdict.server.views.Schedule;
import dev.interdict.server.views.Schedule.OfRule;
import dev.interdict.server.views.Schedule.OfView;
import dev.interdict.server.views.Schedules;
import dev.interdict.server.views.Turns;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Summaries that go out again and again, over a real database and a real mail server.
class ScheduledMailIT {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final Rhythm DAILY = new Rhythm(Every.DAY, 1, 9, SHANGHAI);

  private static final String PASSWORD = "correct horse battery";

  @TempDir Path folder;
  private Bureau bureau;
  private GreenMail server;
  private SavedViews views;
  private Schedules schedules;
  private Accounts accounts;
  private final List<Mailing> mailings = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    bureau = new Bureau(folder);
    bureau.publish(bureau.approved(Bureau.RULE));
    for (var i = 0; i < 3; i++) {
      bureau.enrol("ws-" + i);
      bureau.report("ws-" + i, "some-tool", i == 0 ? RuleState.PRESENT : RuleState.CLEAR);
    }
    server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    var random = new SecureRandom();
    views = new SavedViews(bureau.database, bureau.audit, bureau.clock, random);
    schedules = new Schedules(bureau.database, bureau.audit, bureau.clock, random);
    accounts = new Accounts(bureau.database, bureau.audit, random, bureau.clock);
    accounts.create("tester", "ada", PASSWORD, Set.of(Role.AUDITOR));
  }

  @AfterEach
  void close() {
    mailings.forEach(Mailing::close);
    server.stop();
    bureau.close();
  }

  private void start() {
    start(server.getSmtp().getPort());
  }

  private void start(int port) {
    var settings =
        new MailSettings(
            "127.0.0.1",
            port,
            Security.NONE,
            null,
            null,
            null,
            "interdict@example.com",
            List.of(),
            List.of(),
            false,
            List.of(),
            Duration.ofDays(7),
            Locale.ENGLISH,
            100,
            MailDomains.ALL);
    mailings.add(
        new Mailing(
                bureau.database,
                new Leases(bureau.database),
                settings,
                new Compliance(bureau.database, bureau.clock, Compliance.SILENT_AFTER),
                new InForce(bureau.publications),
                new Links("https://i.example"),
                bureau.clock,
                SHANGHAI)
            .start(Duration.ofMillis(10)));
  }

  private Schedule of(Schedule.Subject subject, Locale language, String... to) {
    return schedules.add("ada", subject, DAILY, List.of(to), language).orElseThrow();
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertTrue(condition.getAsBoolean(), "did not come to pass");
  }

  private List<MimeMessage> got() {
    return List.of(server.getReceivedMessages());
  }

  private static String plain(MimeMessage mail) throws Exception {
    return (String) ((MimeMultipart) mail.getContent()).getBodyPart(0).getContent();
  }

  private Schedule only() {
    return schedules.list().getFirst();
  }

  @Test
  void the_summary_of_a_rule_goes_to_each_once_though_two_servers_send() throws Exception {
    of(new OfRule("some-tool"), Locale.ENGLISH, "cio@example.com", "ciso@example.com");
    start();
    start();
    Thread.sleep(100);
    assertEquals(List.of(), got(), "before its hour nothing goes");
    bureau.clock.move(Duration.ofHours(2));
    until(() -> got().size() == 2);
    until(() -> only().last() != null);
    Thread.sleep(200);
    assertEquals(2, got().size());
    var mail = got().getFirst();
    assertEquals("[Interdict] Some Tool: 1 of 3 workstations still have it", mail.getSubject());
    assertTrue(plain(mail).contains("Compliant: 2 of 3"), plain(mail));
    assertTrue(plain(mail).contains("https://i.example/rules/some-tool"), plain(mail));
    assertEquals(Instant.parse("2026-07-02T01:00:00Z"), only().next());
    assertNull(only().error());
  }

  @Test
  void a_saved_view_is_told_by_its_name_with_a_link_and_in_its_language() throws Exception {
    var view =
        Objects.requireNonNull(
            views.save("ada", "还有谁", "/devices?rule=some-tool&state=present", true).view());
    of(new OfView(view.id()), Locale.SIMPLIFIED_CHINESE, "cio@example.com");
    start();
    bureau.clock.move(Duration.ofHours(2));
    until(() -> got().size() == 1);
    assertEquals("[Interdict] 还有谁: 3 台工作站中仍有 1 台装有", got().getFirst().getSubject());
    assertTrue(
        plain(got().getFirst()).contains("https://i.example/devices?rule=some-tool&state=present"));
  }

  @Test
  void turns_that_were_missed_are_one_turn() throws Exception {
    of(new OfRule("some-tool"), Locale.ENGLISH, "cio@example.com");
    bureau.clock.move(Duration.ofDays(5));
    start();
    until(() -> got().size() == 1);
    until(() -> only().next().equals(Instant.parse("2026-07-06T01:00:00Z")));
    Thread.sleep(200);
    assertEquals(1, got().size());
  }

  @Test
  void a_turn_that_comes_to_nothing_says_why_and_the_next_is_tried() throws Exception {
    var view = Objects.requireNonNull(views.save("ada", "v", "/rules/some-tool", false).view());
    of(new OfView(view.id()), Locale.ENGLISH, "cio@example.com");
    views.remove("ada", false, view.id());
    start();
    bureau.clock.move(Duration.ofHours(2));
    until(() -> only().error() != null);
    assertTrue(String.valueOf(only().error()).contains("saved view was removed"));
    assertEquals(Instant.parse("2026-07-02T01:00:00Z"), only().next());
    assertEquals(List.of(), got());
  }

  @Test
  void nothing_goes_for_somebody_who_may_not_sign_in_any_more() throws Exception {
    of(new OfRule("some-tool"), Locale.ENGLISH, "cio@example.com");
    accounts.disable("tester", "ada");
    start();
    bureau.clock.move(Duration.ofHours(2));
    until(() -> only().error() != null);
    assertTrue(String.valueOf(only().error()).contains("ada"), only()::toString);
    assertEquals(List.of(), got());
  }

  @Test
  void whoever_wanted_it_is_held_to_their_role_and_scope_at_each_turn() {
    var now = bureau.clock.instant();
    var turns = new Turns(bureau.database);
    var ada = of(new OfRule("some-tool"), Locale.ENGLISH, "cio@example.com");
    assertFalse(turns.isOrphaned(ada, now));
    accounts.grant("x", "ada", Set.of(Role.ADMINISTRATOR), Scope.WHOLE, PASSWORD);
    assertFalse(turns.isOrphaned(ada, now));
    accounts.grant("x", "ada", Set.of(Role.VIEWER, Role.AUTHOR), Scope.WHOLE, PASSWORD);
    assertTrue(turns.isOrphaned(ada, now), "another role");
    accounts.grant("x", "ada", Set.of(Role.VIEWER), Scope.of(List.of("R&D")), PASSWORD);
    assertTrue(turns.isOrphaned(ada, now), "a department");
    // As an account may still be from before roles were held to scopes.
    bureau.database.write(connection ->
        Sql.update(connection, "update account set roles = 'auditor' where name = 'ada'"));
    assertTrue(turns.isOrphaned(ada, now), "an auditor of a department");
  }

  @Test
  void a_token_that_wanted_it_is_held_to_what_it_is_good_for() {
    var now = bureau.clock.instant();
    var turns = new Turns(bureau.database);
    var tokens = new ApiTokens(bureau.database, bureau.audit, new SecureRandom(), bureau.clock);
    tokens.create("x", "x", "robot", Set.of(Role.AUDITOR), Scope.WHOLE, Duration.ofDays(2));
    var wanted =
        schedules
            .add(
                "token:robot",
                new OfRule("some-tool"),
                DAILY,
                List.of("cio@example.com"),
                Locale.ENGLISH)
            .orElseThrow();
    assertFalse(turns.isOrphaned(wanted, now));
    assertTrue(turns.isOrphaned(wanted, now.plus(Duration.ofDays(2))), "expired");
    tokens.revoke("x", "robot");
    assertTrue(turns.isOrphaned(wanted, now), "revoked");
  }

  @Test
  void a_view_of_a_rule_that_is_gone_is_not_told_of_all_others() throws Exception {
    var view = Objects.requireNonNull(views.save("ada", "v", "/rules/old-tool/diff", false).view());
    of(new OfView(view.id()), Locale.ENGLISH, "cio@example.com");
    start();
    bureau.clock.move(Duration.ofHours(2));
    until(() -> only().last() != null);
    assertTrue(String.valueOf(only().error()).contains("no rule old-tool,"), only()::toString);
    assertEquals(List.of(), got());
  }

  @Test
  void a_mail_that_cannot_leave_is_seen_beside_its_schedule() throws Exception {
    var schedule = of(new OfRule("some-tool"), Locale.ENGLISH, "cio@example.com");
    var port = server.getSmtp().getPort();
    server.stop();
    start(port);
    bureau.clock.move(Duration.ofHours(2));
    var deliveries = new Deliveries(bureau.database);
    until(() -> deliveries.of(schedule.id()).error() != null);
    assertEquals(1, deliveries.of(schedule.id()).waiting());
    assertNotNull(only().last());
    server.start();
    assertEquals(0, deliveries.of("s-another").waiting());
  }

  @Test
  void the_rule_of_an_address_is_found_where_there_is_one() {
    assertEquals("a-b", Scheduled.rule("/devices?state=present&rule=a-b"));
    assertEquals("a-b", Scheduled.rule("/rules/a-b?tab=devices"));
    assertEquals("a-b", Scheduled.rule("/rules/a-b/versions/3?x=y"));
    for (var none :
        List.of("/", "/rules/", "/devices", "/devices?rule=a&rule=b", "/devices?rules=a")) {
      assertEquals("", Scheduled.rule(none), none);
    }
    assertFalse(Scheduled.rule("/?rule=a%2Db").contains("%"));
  }
}
