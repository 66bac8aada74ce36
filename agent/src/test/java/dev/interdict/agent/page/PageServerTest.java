package dev.interdict.agent.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.pipe.GuardClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The page's server on a real port, before a guard that a test made, asked byte for byte.
@Timeout(120)
class PageServerTest {
  @TempDir Path folder;
  private FakeGuard guard;
  private PageServer server;
  private final AtomicLong nanos = new AtomicLong();
  private String host;
  private String path;

  @BeforeEach
  void open() throws IOException {
    var socket = folder.resolve("s");
    guard = new FakeGuard(socket);
    var page = new Page(ZoneId.of("Asia/Shanghai"), () -> Instant.parse("2026-07-03T07:30:00Z"));
    var client = new GuardClient(socket, Duration.ofSeconds(60));
    server = PageServer.open(client::ask, page, nanos::get, "");
    host = server.opening().getAuthority();
    path = server.opening().getRawPath() + "?" + server.opening().getRawQuery();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    guard.close();
  }

  private String send(String request) throws IOException {
    try (var socket = new Socket("127.0.0.1", URI.create("http://" + host).getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      var out = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(out);
      return out.toString(StandardCharsets.UTF_8);
    }
  }

  private String get(String target, String... headers) throws IOException {
    return send(
        "GET " + target + " HTTP/1.1\r\nConnection: close\r\n" + String.join("", headers) + "\r\n");
  }

  private String here() {
    return "Host: " + host + "\r\n";
  }

  private String cookie() throws IOException {
    var matcher = Pattern.compile("interdict-page=[^;]+").matcher(get(path, here()));
    assertTrue(matcher.find());
    return "Cookie: " + matcher.group() + "\r\n";
  }

  private String post(String target, String body, String... headers) throws IOException {
    return send(
        "POST "
            + target
            + " HTTP/1.1\r\nConnection: close\r\n"
            + here()
            + "Content-Type: application/x-www-form-urlencoded\r\n"
            + "Content-Length: "
            + body.length()
            + "\r\n"
            + String.join("", headers)
            + "\r\n"
            + body);
  }

  private String origin() {
    return "Origin: http://" + host + "\r\n";
  }

  private static String token(String page, String verb) {
    var matcher =
        Pattern.compile(
                "name=\"verb\" value=\""
                    + verb
                    + "\">"
                    + "<input type=\"hidden\" name=\"about\" value=\"[^\"]*\">"
                    + "<input type=\"hidden\" name=\"token\" value=\"([^\"]+)\"")
            .matcher(page);
    assertTrue(matcher.find(), verb);
    return matcher.group(1);
  }

  private static void status(int expected, String answer) {
    assertEquals("HTTP/1.1 " + expected, answer.substring(0, 12), answer);
  }

  @Test
  void the_token_opens_the_page_once() throws IOException {
    var first = get(path, here());
    status(303, first);
    assertTrue(first.contains("; Path=/; HttpOnly; SameSite=Strict"), first);
    assertTrue(first.contains("Location: /\r\n"), first);
    status(403, get(path, here()));
    status(403, get("/open?token=AAAAAAAAAAAAAAAAAAAAAA", here()));
  }

  @Test
  void without_the_cookie_nothing_is_shown_or_asked() throws IOException {
    status(403, get("/", here()));
    status(403, get("/", here(), "Cookie: interdict-page=x\r\n"));
    status(403, get("/style.css", here()));
    status(403, post("/answer", "verb=remove&about=claude-code&token=x", origin()));
    assertTrue(guard.asked.isEmpty());
  }

  @Test
  void another_name_that_leads_here_is_turned_away() throws IOException {
    var cookie = cookie();
    status(200, get("/", here(), cookie));
    status(
        421,
        get("/", "Host: localhost:" + URI.create("http://" + host).getPort() + "\r\n", cookie));
    status(421, get("/", "Host: evil.example\r\n", cookie));
  }

  @Test
  void only_a_form_of_this_page_is_taken() throws IOException {
    var cookie = cookie();
    var token = token(get("/", here(), cookie), "remove");
    var body = "verb=remove&about=claude-code&token=" + token;
    guard.asked.clear();
    status(403, post("/answer", body, cookie));
    status(403, post("/answer", body, cookie, "Origin: http://evil.example\r\n"));
    status(403, post("/answer", body, cookie, "Origin: null\r\n"));
    status(403, post("/answer", body, cookie, origin(), "Sec-Fetch-Site: cross-site\r\n"));
    status(403, post("/answer", "verb=remove&about=claude-code", cookie, origin()));
    status(403, post("/answer", body.replace("claude-code", "other"), cookie, origin()));
    status(403, post("/answer", body.replace("=remove", "=defer"), cookie, origin()));
    assertTrue(guard.asked.isEmpty());
    status(303, post("/answer", body, cookie, "Origin: null\r\nSec-Fetch-Site: same-origin\r\n"));
    assertEquals(1, guard.asked.size());
    assertEquals("{\"ask\":\"remove\",\"about\":\"claude-code\"}", guard.asked.getFirst());
  }

  @Test
  void a_body_that_is_too_large_or_no_form_is_refused() throws IOException {
    var cookie = cookie();
    status(400, post("/answer", "reason=" + "x".repeat(8 << 10), cookie, origin()));
    status(400, post("/answer", "a=%zz", cookie, origin()));
    status(400, post("/answer", "a=1&a=2", cookie, origin()));
    status(405, send("PUT / HTTP/1.1\r\nConnection: close\r\n" + here() + cookie + "\r\n"));
    status(404, get("/etc/passwd", here(), cookie));
  }

  @Test
  void every_answer_forbids_scripts_frames_and_keeping() throws IOException {
    for (var answer : new String[] {get("/", here()), get("/", here(), cookie()), get("/x")}) {
      assertTrue(
          answer.contains("default-src 'none'; style-src 'self'; form-action 'self'"), answer);
      assertTrue(answer.toLowerCase(java.util.Locale.ROOT).contains("cache-control: no-store"));
    }
  }

  @Test
  void what_came_of_an_answer_is_said_once_and_in_words() throws IOException {
    var cookie = cookie();
    guard.answers.put("remove", "{\"error\":\"not now\",\"code\":\"too-many\"}");
    var token = token(get("/", here(), cookie), "remove");
    status(303, post("/answer", "verb=remove&about=claude-code&token=" + token, cookie, origin()));
    assertTrue(get("/", here(), cookie).contains("Your earlier answers stand."));
    assertFalse(get("/", here(), cookie).contains("Your earlier answers stand."));
  }

  @Test
  void nothing_of_others_is_shown() throws IOException {
    var shown = get("/", here(), cookie());
    assertTrue(shown.contains("claude-code 1.0.67"), shown);
    assertFalse(shown.contains("somebody else"));
    assertFalse(shown.contains("other.person"));
    assertFalse(shown.contains("/home/other"));
  }

  @Test
  void a_language_can_be_chosen_and_the_browser_says_which_at_first() throws IOException {
    var cookie = cookie();
    assertTrue(
        get("/", here(), cookie, "Accept-Language: zh-CN,zh;q=0.9,en;q=0.8\r\n")
            .contains("Claude Code 将于 2026年7月10日（周五）00:00 从本机移除"));
    assertTrue(
        get("/", here(), cookie)
            .contains("Claude Code leaves this computer on Fri 10 Jul 2026, 00:00"));
    status(303, get("/?lang=zh-CN", here(), cookie));
    assertTrue(get("/", here(), cookie).contains("lang=\"zh-CN\""));
  }

  @Test
  void texts_of_others_stay_text() throws IOException {
    var hostile = "<script>alert(1)</script>\" onload='x' {tool} \u202Eevil\u0007";
    guard.answers.put(
        "status",
        Samples.status(Samples.waiting("@@"))
            .replaceAll(
                "\"(?:@@|Anthropic|Qoder|R&D|1\\.0\\.67|Report SEC-2026-118)\"",
                java.util.regex.Matcher.quoteReplacement(Samples.text(hostile)))
            .replace("https://it.example.com/qoder", "javascript:alert(1)"));
    guard.answers.put("my-data", Samples.DATA.replace("\"Wang Fang\"", Samples.text(hostile)));
    var shown = get("/", here(), cookie());
    status(200, shown);
    assertTrue(shown.contains("&lt;script&gt;alert(1)"), shown);
    assertFalse(shown.contains("<script"));
    assertFalse(shown.contains("javascript:"));
    assertFalse(shown.contains("\u202E"));
    assertFalse(Pattern.compile("<[^>]*\" onload").matcher(shown).find());
  }

  @Test
  void without_a_guard_the_page_says_so() throws IOException {
    guard.close();
    assertTrue(get("/", here(), cookie()).contains("does not answer"));
  }

  @Test
  void it_ends_after_fifteen_idle_minutes_and_after_an_hour_in_all()
      throws IOException, InterruptedException {
    var life = new Lifetime(nanos::get);
    nanos.addAndGet(Duration.ofMinutes(14).toNanos());
    assertFalse(life.over());
    life.touch();
    nanos.addAndGet(Duration.ofMinutes(14).toNanos());
    assertFalse(life.over());
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertTrue(life.over());
    for (var i = 0; i < 4; i++) {
      life.touch();
      nanos.addAndGet(Duration.ofMinutes(10).toNanos());
    }
    assertTrue(life.over());
    server.await();
  }

  @Test
  void a_button_closes_it() throws IOException, InterruptedException {
    var cookie = cookie();
    var page = get("/", here(), cookie);
    var start = page.indexOf("action=\"/close\"");
    var matcher = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(page);
    assertTrue(matcher.find(start));
    status(403, post("/close", "token=x", cookie, origin()));
    status(200, post("/close", "token=" + matcher.group(1), cookie, origin()));
    server.await();
  }
}
