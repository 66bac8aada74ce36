package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.interdict.json.Json;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.server.MovableClock;
import dev.interdict.server.cli.setup.RunningServer;
import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.metrics.ExpositionChecker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that is set up by commands and runs, as other systems see it.
class OutboundIT {
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

  @TempDir Path temp;
  private String dir = "";

  @BeforeEach
  void set_up() {
    dir = temp.resolve("server").toString();
    SetUp.in(Path.of(dir));
  }

  private void settings(String lines) throws IOException {
    Files.writeString(Path.of(dir, "server.yaml"), lines, StandardOpenOption.APPEND);
  }

  private RunningServer start() throws IOException {
    var folder = new ServerFolder(Path.of(dir));
    var nowhere = new PrintWriter(new StringWriter());
    var console =
        new Console(
            nowhere, nowhere, false, "anna", new MovableClock(Typed.NOW), new SecureRandom());
    return RunningServer.start(folder, Settings.read(folder).with(null, 0, 0), console);
  }

  private static HttpResponse<String> get(String url) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }
  }

  private String rule() {
    Typed.admin("rule", "new", "some-tool", "--into", temp.toString());
    return temp.resolve("some-tool.yaml").toString();
  }

  @Test
  void metrics_are_what_prometheus_reads_and_name_no_device() throws Exception {
    settings("metrics: {port: 0}\n");
    assertEquals(0, Typed.admin("publish", rule(), "-d", dir, "--break-glass", Typed.ALONE).code());
    try (var running = start()) {
      var url = "http://127.0.0.1:" + running.metricsPort();
      get(running.adminUrl() + "/login");
      var metrics = get(url + "/metrics");
      var text = metrics.body();
      assertEquals(200, metrics.statusCode());
      assertEquals(
          "text/plain; version=0.0.4; charset=utf-8",
          metrics.headers().firstValue("Content-Type").orElse(""));
      assertEquals(List.of(), ExpositionChecker.faults(text), text);
      assertTrue(text.contains("interdict_policy_serial 1\n"), text);
      assertTrue(text.contains("interdict_audit_chain_ok 1\n"), text);
      assertTrue(text.contains("interdict_rule_seconds_to_effective{rule=\"some-tool\"}"), text);
      assertTrue(
          text.contains("interdict_http_request_duration_seconds_count{listener=\"admin\"}"), text);
      assertTrue(
          text.contains("interdict_events_total{kind=\"ring.breaker_tripped\"} 0\n"),
          "an alert sees the first one: " + text);
      var stats = ExpositionChecker.families(text);
      for (var named : named()) {
        assertTrue(
            stats.contains(named.replaceAll("_(bucket|sum|count)$", "")),
            named + " is on the dashboard or in an alert, and does not exist");
      }
      promtool(text);
      assertEquals(404, get(running.adminUrl() + "/metrics").statusCode());
      assertEquals(404, get(running.deviceUrl() + "/metrics").statusCode());
    }
  }

  /// All metrics that the example dashboard and the alert rules name.
  private static TreeSet<String> named() throws IOException {
    var names = new TreeSet<String>();
    for (var file : List.of("docs/grafana-dashboard.json", "docs/alerts.yaml")) {
      var name = Pattern.compile("interdict_[a-z_]+").matcher(Files.readString(Path.of(file)));
      while (name.find()) {
        names.add(name.group());
      }
    }
    assertTrue(names.size() > 8, names::toString);
    return names;
  }

  private void promtool(String text) throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(PROMTOOL), "promtool reads the metrics too (Debian: prometheus)");
    var file = Files.writeString(temp.resolve("metrics"), text);
    var check =
        new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
            .redirectInput(file.toFile())
            .redirectErrorStream(true)
            .start();
    var said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, check.waitFor(), said);
    var rules =
        new ProcessBuilder(PROMTOOL.toString(), "check", "rules", "docs/alerts.yaml")
            .redirectErrorStream(true)
            .start();
    said = new String(rules.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, rules.waitFor(), said);
  }

  @Test
  void a_server_says_whether_it_is_ready_and_names_its_answers() throws Exception {
    settings("metrics: {port: 0}\n");
    try (var running = start()) {
      var url = "http://127.0.0.1:" + running.metricsPort();
      assertEquals(200, get(url + "/healthz").statusCode());
      var ready = get(url + "/readyz");
      assertEquals(200, ready.statusCode(), ready.body());
      var id = ready.headers().firstValue("Request-Id").orElse("");
      assertTrue(id.matches("[0-9a-f]{16}"), id);
      assertNotEquals(id, get(url + "/readyz").headers().firstValue("Request-Id").orElse(""));
      var not = ready;
      // A server that has just begun signs anew, and writes the file again.
      for (var i = 0; i < 50 && not.statusCode() == 200; i++) {
        Files.deleteIfExists(Path.of(dir, "repository/timestamp.json"));
        not = get(url + "/readyz");
      }
      assertEquals(503, not.statusCode());
      assertTrue(not.body().contains("\"signed-files\":false"), not.body());
      assertTrue(not.body().contains("\"database\":true"), not.body());
      assertEquals(200, get(url + "/healthz").statusCode());
    }
  }

  @Test
  void a_webhook_that_is_made_by_a_command_is_told_by_the_running_server() throws Exception {
    var got = new CopyOnWriteArrayList<String>();
    var receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          got.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    try {
      var port = receiver.getAddress().getPort();
      var url =
          Files.writeString(temp.resolve("url"), "http://127.0.0.1:" + port + "/hidden-path\n");
      var add =
          new String[] {
            "webhook", "add", "-d", dir, "--name", "siem", "--url-file", url.toString()
          };
      assertEquals(2, Typed.server(add).code(), "nobody named that it may be inside");
      settings("webhooks: {allow: ['127.0.0.1:" + port + "']}\nocsf: {file: events.jsonl}\n");
      var added = Typed.server(add);
      assertEquals(0, added.code(), added::err);
      assertTrue(added.out().contains("whsec_"), added::out);
      assertFalse(added.out().contains("hidden-path"), "the address may be a secret");
      var id = added.out().replaceAll("(?s).*(wh_[0-9a-f]{16}).*", "$1");
      assertEquals(0, Typed.server("webhook", "test", "-d", dir, id).code());
      assertEquals(1, got.size());

      try (var _ = start()) {
        assertEquals(
            0, Typed.admin("publish", rule(), "-d", dir, "--break-glass", Typed.ALONE).code());
        until(() -> got.stream().anyMatch(body -> body.contains("\"type\":\"policy.published\"")));
        until(() -> Files.exists(Path.of(dir, "events.jsonl")));
      }
      var listed = Typed.server("webhook", "list", "-d", dir);
      assertTrue(listed.out().contains(id), listed::out);
      assertFalse(listed.out().contains("whsec_"), listed::out);
      var exported = Typed.server("export", "events", "-d", dir);
      assertEquals(0, exported.code(), exported::err);
      assertTrue(exported.out().contains("\"class_uid\":3004"), exported::out);
      assertEquals(0, Typed.server("webhook", "replay", "-d", dir, id).code());
      assertEquals(0, Typed.server("webhook", "remove", "-d", dir, id).code());
      assertEquals(1, Typed.server("webhook", "test", "-d", dir, id).code());
    } finally {
      receiver.stop(0);
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void until(Condition condition) throws Exception {
    for (var i = 0; i < 3_000 && !condition.holds(); i++) {
      Thread.sleep(10);
    }
    assertTrue(condition.holds(), "did not come to pass");
  }

  @Test
  void each_line_of_the_log_is_an_object_where_that_is_wanted() throws Exception {
    settings("log: json\nwebhooks: {allow: ['127.0.0.1:9']}\n");
    var url = Files.writeString(temp.resolve("url"), "http://127.0.0.1:9/\n").toString();
    assertEquals(
        0, Typed.server("webhook", "add", "-d", dir, "--name", "siem", "--url-file", url).code());
    // Of this it complains as it starts.
    Files.delete(Path.of(dir, "sealing.key"));
    var log = temp.resolve("log");
    var line =
        Program.java(
            InterdictServer.class,
            "run",
            dir,
            "--device-port",
            "0",
            "--admin-port",
            "0",
            "--accept-clock");
    // As it is installed, not as tests want it.
    line.add(1, "-Dlogback.configurationFile=logback.xml");
    var process =
        new ProcessBuilder(line)
            .redirectError(log.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      until(() -> Files.readString(log).contains("the key is gone"));
      for (var each : Files.readAllLines(log)) {
        if (each.startsWith("{")) {
          var read = JsonReader.read(each.getBytes(StandardCharsets.UTF_8), JsonLimits.FOREIGN);
          assertTrue(read instanceof Json.Obj object && object.get("level") != null, each);
        }
      }
      assertTrue(Files.readString(log).lines().anyMatch(each -> each.startsWith("{")));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void settings_of_others_are_read_strictly() throws Exception {
    for (var bad :
        List.of(
            "metrics: {prot: 1}",
            "webhooks: {allow: ['http://a']}",
            "syslog: {server: 'a b'}",
            "syslog: {server: 'siem.example:99999'}",
            "mail: {server: 'smtp.example', from: 'Ada <ada@example.com>'}",
            "mail: {server: 'smtp.example', from: a@example.com, announcements: ['x']}",
            "mail: {server: 'smtp.example', from: a@example.com, security: plain}",
            "events: {keep: PT1H}",
            "log: xml")) {
      var file = Path.of(dir, "server.yaml");
      var before = Files.readString(file);
      settings(bad + "\n");
      var said = Typed.server("webhook", "list", "-d", dir);
      assertEquals(2, said.code(), bad);
      assertTrue(said.err().contains("server.yaml:"), said::err);
      Files.writeString(file, before);
    }
  }
}
