package dev.interdict.server.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.interdict.json.Json;
import dev.interdict.policy.Blocklist;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.Events;
import dev.interdict.server.events.Follower;
import dev.interdict.server.events.Links;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.mail.MailSettings.Security;
import dev.interdict.server.store.Leases;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against a real SMTP server, GreenMail.
class MailIT {
  @TempDir Path folder;
  private SimulatedFleet fleet;
  private GreenMail server;
  private @Nullable Mailing mailing;
  private @Nullable Follower follower;

  @BeforeEach
  void open() {
    fleet = new SimulatedFleet(folder);
    server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
  }

  @AfterEach
  void close() {
    if (follower != null) {
      follower.close();
    }
    if (mailing != null) {
      mailing.close();
    }
    server.stop();
    fleet.close();
  }

  private MailSettings settings(
      Security security, Locale language, List<String> reports, int mostPerHour) {
    return settings(security, language, reports, mostPerHour, server.getSmtp().getPort());
  }

  private static MailSettings settings(
      Security security, Locale language, List<String> reports, int mostPerHour, int port) {
    return new MailSettings(
        "127.0.0.1",
        port,
        security,
        null,
        null,
        null,
        "interdict@example.com",
        List.of("all@example.com"),
        List.of("security@example.com"),
        true,
        reports,
        Duration.ofDays(7),
        language,
        mostPerHour,
        new MailDomains(List.of("Example.com")));
  }

  private void start(MailSettings settings) {
    mailing =
        new Mailing(
                fleet.database,
                new Leases(fleet.database),
                settings,
                fleet.compliance,
                () -> Blocklist.EMPTY,
                new Links("https://i.example"),
                fleet.clock,
                ZoneId.of("Asia/Shanghai"))
            .start(Duration.ofMillis(20));
    follower =
        new Follower(fleet.database, new Leases(fleet.database), "mail", mailing.reader())
            .start(Duration.ofMillis(20));
  }

  private void happens(EventKind kind, String device, String text) {
    fleet.database.write(connection -> {
      Events.add(
          connection,
          kind,
          fleet.clock.instant(),
          "ada",
          device,
          "claude-code",
          Json.object().put("summary", text).put("reason", text).build());
      return 0;
    });
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

  private static String part(MimeMessage mail, int number) throws Exception {
    return (String) ((MimeMultipart) mail.getContent()).getBodyPart(number).getContent();
  }

  @Test
  void people_are_told_of_publications_in_their_language() throws Exception {
    start(settings(Security.NONE, Locale.SIMPLIFIED_CHINESE, List.of(), 100));
    happens(EventKind.POLICY_PUBLISHED, "d1", "Claude Code 于 7 月 10 日禁用");
    until(() -> got().size() == 1);
    var mail = got().getFirst();
    assertEquals("[Interdict] 禁用清单已发布: claude-code", mail.getSubject());
    assertEquals("all@example.com", mail.getAllRecipients()[0].toString());
    assertEquals("interdict@example.com", mail.getFrom()[0].toString());
    assertTrue(part(mail, 0).contains("摘要: Claude Code 于 7 月 10 日禁用"), part(mail, 0));
    assertTrue(part(mail, 0).contains("时间: 2026-07-01 16:00 CST"), part(mail, 0));
    assertTrue(part(mail, 1).contains("<html lang=\"zh-CN\">"), part(mail, 1));
  }

  @Test
  void what_the_server_wrote_down_is_told_in_the_reader_s_language() throws Exception {
    start(settings(Security.NONE, Locale.SIMPLIFIED_CHINESE, List.of(), 100));
    happens(EventKind.POLICY_PUBLISHED, "d1", "added claude-code, withdrawn cursor: too late");
    until(() -> got().size() == 1);
    var text = part(got().getFirst(), 0);
    assertTrue(text.contains("摘要: 新增：claude-code；撤回：cursor: too late"), text);
    assertTrue(text.contains("由策略服务器 Interdict 发送"), "nobody has published yet: " + text);
    fleet.database.write(connection -> {
      Events.add(
          connection,
          EventKind.POLICY_PAUSED,
          fleet.clock.instant(),
          "ada",
          Json.object().put("held", "all").put("until", "2026-07-20T16:00:00Z").build());
      return 0;
    });
    until(() -> got().size() == 2);
    var paused = part(got().getLast(), 0);
    assertTrue(paused.contains("当前暂停: 全部规则"), paused);
    assertTrue(paused.contains("截止: 2026-07-21 00:00 CST"), paused);
  }

  private MailDesk desk(@Nullable MailSettings settings) {
    return new MailDesk(
        fleet.database,
        new Audit(fleet.database, fleet.clock),
        settings,
        () -> "IT of Example",
        fleet.clock,
        new SecureRandom());
  }

  @Test
  void a_test_says_what_the_server_said_and_only_so_many_leave() throws Exception {
    var desk = desk(settings(Security.NONE, Locale.ENGLISH, List.of(), 100));
    for (var i = 0; i < MailDesk.MOST; i++) {
      var outcome = desk.test("ada", "zhao.lei@example.com", Locale.SIMPLIFIED_CHINESE);
      assertTrue(outcome.taken() && outcome.said().startsWith("250"), outcome.said());
    }
    assertEquals("[Interdict] 测试", got().getFirst().getSubject());
    assertTrue(part(got().getFirst(), 0).contains("由 IT of Example 的策略服务器"));
    var refusal =
        assertThrows(
            MailDesk.NotSentException.class,
            () -> desk.test("ada", "zhao.lei@example.com", Locale.ENGLISH));
    assertTrue(refusal.isLater(), refusal.getMessage());
    assertEquals(MailDesk.MOST, got().size());
    fleet.clock.move(Duration.ofMinutes(61));
    assertTrue(desk.test("ada", "zhao.lei@example.com", Locale.ENGLISH).taken());
    assertThrows(
        IllegalArgumentException.class, () -> desk.test("ada", "a@b.c, d@e.f", Locale.ENGLISH));
    assertThrows(
        IllegalArgumentException.class, () -> desk.test("ada", "ada@example.net", Locale.ENGLISH));
    assertFalse(
        assertThrows(
                MailDesk.NotSentException.class,
                () -> desk(null).test("ada", "zhao.lei@example.com", Locale.ENGLISH))
            .isLater());
    server.stop();
    var away = desk.test("ada", "zhao.lei@example.com", Locale.ENGLISH);
    assertTrue(!away.taken() && away.said().contains("Connection refused"), away.said());
    assertEquals(0, MailTally.of(fleet.database, fleet.clock.instant()).givenUp());
    var logged =
        fleet.database.first(
            "select count(*) from audit where action = 'mail.test'", row -> row.getLong(1));
    assertEquals(MailDesk.MOST + 2L, logged);
  }

  @Test
  void no_text_of_anybody_becomes_a_header_or_markup() throws Exception {
    start(settings(Security.NONE, Locale.ENGLISH, List.of(), 100));
    happens(
        EventKind.POLICY_WITHDRAWN,
        "d1",
        "a\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script>");
    until(() -> got().size() == 1);
    var mail = got().getFirst();
    assertEquals(1, mail.getAllRecipients().length);
    assertEquals(null, mail.getHeader("Bcc"));
    assertFalse(part(mail, 1).contains("<script>"), part(mail, 1));
    assertTrue(part(mail, 1).contains("&lt;script&gt;"), part(mail, 1));
    assertFalse(part(mail, 0).contains("\nBcc:"), part(mail, 0));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void one_mail_that_the_server_does_not_take_holds_up_no_other(boolean rude) throws Exception {
    try (var picky = new StartTlsServer(SSLContext.getDefault(), false)) {
      picky.unwanted = "Hated";
      picky.rude = rude;
      var mails = new ArrayList<Mail>();
      for (var subject : List.of("Hated", "Liked", "Fine", "Good")) {
        mails.add(new Mail(subject, "ada@example.com", subject, "plain", "<p>html</p>"));
      }
      for (var mail : mails) {
        fleet.database.write(
            connection -> MailRows.add(connection, List.of(mail), fleet.clock.instant()));
        fleet.clock.move(Duration.ofSeconds(1));
      }
      start(settings(Security.NONE, Locale.ENGLISH, List.of(), 100, picky.port()));
      until(() ->
          List.of("Subject: Liked", "Subject: Fine", "Subject: Good").stream()
              .allMatch(picky.clear::contains));
      var tally = MailTally.of(fleet.database, fleet.clock.instant());
      assertEquals(0, tally.givenUp());
      assertEquals(0, new MailServer(fleet.database).failures());
      picky.unwanted = null;
      fleet.clock.move(Duration.ofMinutes(10));
      until(() -> picky.clear.stream().filter("Subject: Hated"::equals).count() >= 2);
    }
  }

  @Test
  void mails_leave_to_the_domains_that_are_set_and_to_no_other() throws Exception {
    var domains = new MailDomains(List.of("Example.com"));
    for (var address : List.of("a@example.com", "a@EXAMPLE.com", "a@mail.example.com")) {
      assertEquals(address, domains.checked(address));
    }
    for (var address :
        List.of("a@example.net", "a@badexample.com", "a@example.com.evil.org", "a@com")) {
      assertThrows(IllegalArgumentException.class, () -> domains.checked(address));
    }
    assertEquals("a@anywhere.org", MailDomains.ALL.checked("a@anywhere.org"));
    // As somebody whom the company's list names, or who was named before the domains were set.
    fleet.database.write(connection ->
        MailRows.add(
            connection,
            List.of(
                new Mail("out", "ada@example.net", "Subject", "plain", "<p>html</p>"),
                new Mail("in", "ada@example.com", "Subject", "plain", "<p>html</p>")),
            fleet.clock.instant()));
    start(settings(Security.NONE, Locale.ENGLISH, List.of(), 100));
    until(() -> MailTally.of(fleet.database, fleet.clock.instant()).givenUp() == 1);
    until(() -> got().size() == 1);
    assertEquals("ada@example.com", got().getFirst().getAllRecipients()[0].toString());
  }

  @Test
  void an_address_names_one_mailbox_and_nothing_else() {
    for (var bad :
        List.of(
            "",
            "ada",
            "ada@",
            "@example.com",
            "a@b@c",
            "ada@example.com, bob@example.com",
            "Ada <ada@example.com>",
            "ada@example.com\r\nBcc: bob@example.com",
            "ada@example.com\n",
            "\"a b\"@example.com",
            "ada@-example.com",
            "ada@example..com",
            "a".repeat(250) + "@example.com")) {
      assertFalse(MailAddress.is(bad), bad);
      assertThrows(IllegalArgumentException.class, () -> MailAddress.checked(bad));
    }
    assertTrue(MailAddress.is("ada.l+x@mail.example.com"));
  }

  @Test
  void whoever_has_the_workstation_is_told_of_a_decision_once() throws Exception {
    fleet.database.write(connection ->
        dev.interdict.server.store.Sql.update(
            connection,
            "insert into expected_device (entry_id, os, department, person, group_names, in_use,"
                + " added_at, changed_at, device_id) values ('e1','linux','R&D','ada@example.com',"
                + "'',1,0,0,'d1')"));
    start(settings(Security.NONE, Locale.ENGLISH, List.of(), 100));
    happens(EventKind.EXEMPTION_GRANTED, "d1", "migration");
    until(() -> got().size() == 2);
    assertEquals(
        List.of("ada@example.com", "security@example.com"),
        got().stream().map(MailIT::recipient).sorted().toList());
    assertEquals(2, got().stream().map(MailIT::id).distinct().count());
    for (var mail : got()) {
      var own = recipient(mail).equals("ada@example.com");
      assertTrue(
          part(mail, 0).contains("https://i.example" + (own ? "/me" : "/devices/d1")),
          "employees see their own page, and no device's: " + part(mail, 0));
    }
  }

  private static String recipient(MimeMessage mail) {
    try {
      return mail.getAllRecipients()[0].toString();
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String id(MimeMessage mail) {
    try {
      return mail.getMessageID();
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_report_comes_once_in_its_time_with_the_figures() throws Exception {
    start(settings(Security.NONE, Locale.ENGLISH, List.of("ciso@example.com"), 100));
    until(() -> got().size() == 1);
    assertEquals("[Interdict] Who complies: 0 of 0 rules fully", got().getFirst().getSubject());
    assertTrue(part(got().getFirst(), 0).contains("No rule is published."));
    fleet.clock.move(Duration.ofDays(7));
    until(() -> got().size() == 2);
  }

  @Test
  void more_than_was_set_for_an_hour_waits() throws Exception {
    start(settings(Security.NONE, Locale.ENGLISH, List.of(), 2));
    for (var i = 0; i < 5; i++) {
      happens(EventKind.POLICY_PUBLISHED, "d1", "n " + i);
    }
    until(() -> got().size() == 2);
    until(() -> waiting() == 3);
    fleet.clock.move(Duration.ofMinutes(61));
    until(() -> got().size() == 4);
    until(() -> waiting() == 1);
  }

  /// However many mails wait, and whatever is asked of each.
  @Test
  void a_mail_server_that_is_away_is_left_alone_and_then_gets_all_in_their_order()
      throws Exception {
    var port = server.getSmtp().getPort();
    var settings = settings(Security.NONE, Locale.ENGLISH, List.of(), 1000);
    server.stop();
    start(settings);
    for (var i = 0; i < 120; i++) {
      happens(EventKind.POLICY_PUBLISHED, "d1", "n %03d.".formatted(i));
      fleet.clock.move(Duration.ofMillis(1));
    }
    until(() -> waiting() == 120 && failures() == 1);
    // A clock that stands never ends the pause: nobody asks, however often there is a look.
    Thread.sleep(300);
    assertEquals(1, failures());
    var told = MailTally.of(fleet.database, fleet.clock.instant());
    assertEquals(1, told.unanswered());
    assertTrue(String.valueOf(told.error()).contains("Connection refused"), told::toString);
    fleet.clock.move(MailServer.FIRST);
    until(() -> failures() == 2);
    fleet.clock.move(MailServer.FIRST.dividedBy(2));
    Thread.sleep(300);
    assertEquals(2, failures(), "the second pause is longer than the first");
    server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    fleet.clock.move(MailServer.LONGEST);
    until(() -> got().size() == 120);
    until(() -> waiting() == 0);
    var order = new java.util.ArrayList<String>();
    for (var mail : got()) {
      order.add(part(mail, 0).replaceAll("(?s).*(n \\d{3}\\.).*", "$1"));
    }
    assertEquals(order.stream().sorted().distinct().toList(), order);
    assertEquals(120, got().stream().map(MailIT::id).distinct().count());
    assertEquals(0, failures());
  }

  private long failures() {
    return new MailServer(fleet.database).failures();
  }

  private long waiting() {
    var waiting =
        fleet.database.first(
            "select count(*) from mail where state = 'waiting'", row -> row.getLong(1));
    return waiting == null ? 0 : waiting;
  }

  @Test
  void without_starttls_nothing_is_sent_where_it_is_wanted() throws Exception {
    start(settings(Security.STARTTLS, Locale.ENGLISH, List.of(), 100));
    happens(EventKind.POLICY_PUBLISHED, "d1", "secret");
    until(() ->
        fleet.database.first(
                "select error from mail where error is not null", row -> row.getString(1))
            != null);
    assertEquals(List.of(), got());
  }

  @Test
  void both_languages_have_every_text() {
    assertEquals(
        MailWords.of(Locale.ENGLISH).keys(), MailWords.of(Locale.SIMPLIFIED_CHINESE).keys());
    assertTrue(
        Arrays.stream(EventKind.values())
            .noneMatch(kind ->
                kind.caption(Locale.SIMPLIFIED_CHINESE).equals(kind.caption(Locale.ENGLISH))));
  }
}
