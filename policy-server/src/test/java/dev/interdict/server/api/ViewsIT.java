package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.main.TestingOffice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who finds and changes which saved view, and what may be scheduled.
class ViewsIT {
  private static final String VIEWS = "/api/v1/views";
  private static final String SCHEDULES = "/api/v1/report-schedules";

  @TempDir Path folder;
  private TestingOffice office;
  private Client vera;
  private Client victor;
  private Client audrey;
  private Client ada;

  @BeforeEach
  void start() throws Exception {
    office = new TestingOffice(folder);
    office.person("vera", Role.VIEWER);
    office.person("victor", Role.VIEWER);
    office.person("audrey", Role.AUDITOR);
    office.person("ada", Role.ADMINISTRATOR);
    vera = Client.of(office, "vera");
    victor = Client.of(office, "victor");
    audrey = Client.of(office, "audrey");
    ada = Client.of(office, "ada");
  }

  @AfterEach
  void stop() {
    office.close();
  }

  private static Json.Builder view(String name, String address) {
    return Json.object().put("name", name).put("address", address);
  }

  private static int save(Client client, Json.Builder view) throws Exception {
    return client.send("POST", VIEWS, view.build()).statusCode();
  }

  private static String saved(Client client, Json.Builder view) throws Exception {
    var answer = client.send("POST", VIEWS, view.build());
    assertEquals(201, answer.statusCode(), answer.body());
    return Described.text(Described.member(Described.read(answer.body()), "view"));
  }

  private static int rename(Client client, String id, String name) throws Exception {
    return client
        .send("POST", VIEWS + "/" + id + "/rename", Json.object().put("name", name).build())
        .statusCode();
  }

  private static int remove(Client client, String id) throws Exception {
    return client.plain("POST", VIEWS + "/" + id + "/remove").statusCode();
  }

  private static String list(Client client) throws Exception {
    return client.get(VIEWS).body();
  }

  @Test
  void what_somebody_keeps_is_their_own() throws Exception {
    var id = saved(vera, view("Mine", "/devices?rule=a&state=%21clear"));
    assertTrue(list(vera).contains("/devices?rule=a&state=%21clear"));
    for (var other : List.of(victor, audrey, ada)) {
      assertFalse(list(other).contains("Mine"));
      assertEquals(404, rename(other, id, "Theirs"));
      assertEquals(404, remove(other, id));
    }
    assertEquals(409, save(vera, view("Mine", "/")));
    assertEquals(201, save(victor, view("Mine", "/")));
    assertEquals(200, rename(vera, id, "Renamed"));
    assertEquals(204, remove(vera, id));
    assertFalse(list(vera).contains("Renamed"));
  }

  @Test
  void what_is_shared_everybody_finds_and_only_its_owner_and_administrators_change()
      throws Exception {
    var refused = vera.send("POST", VIEWS, view("For all", "/").put("shared", true).build());
    assertEquals(403, refused.statusCode());
    assertTrue(refused.body().contains("save it for yourself"), refused.body());
    var id = saved(audrey, view("For all", "/rules").put("shared", true));
    assertTrue(list(vera).contains("\"own\":false"), list(vera));
    assertEquals(404, rename(vera, id, "Mine now"));
    assertEquals(404, remove(vera, id));
    assertEquals(200, rename(audrey, id, "For everybody"));
    assertEquals(204, remove(ada, id));
    var log = audrey.get("/api/v1/audit?action=view").body();
    for (var deed : List.of("view.save", "view.rename", "view.remove")) {
      assertTrue(log.contains(deed), log);
    }
  }

  @Test
  void only_a_page_of_this_console_is_kept() throws Exception {
    for (var address :
        List.of(
            "https://elsewhere.example/",
            "//elsewhere.example",
            "/\\elsewhere.example",
            "javascript:alert(1)",
            "devices",
            "/devices?q=a b",
            "/devices\u0000",
            "/devices?q=%zz",
            "/api/v1/devices",
            "/" + "a".repeat(1_000))) {
      var answer = vera.send("POST", VIEWS, view("n", address).build());
      assertEquals(422, answer.statusCode(), () -> address + ": " + answer.body());
    }
    for (var name : List.of(" ", "a\u202eb", "a\u0007", "n".repeat(101))) {
      assertEquals(422, save(vera, view(name, "/")), name);
    }
    assertEquals("{\"total\":0,\"views\":[]}", list(vera).replace("\n", ""));
  }

  private static Json.Builder schedule() {
    return Json.object()
        .put("every", "day")
        .put("hour", 9)
        .put("zone", "Asia/Shanghai")
        .put("to", Json.texts(List.of("cio@example.com")));
  }

  @Test
  void a_schedule_that_could_tell_nothing_or_nobody_is_refused() throws Exception {
    var hers = saved(vera, view("Hers", "/"));
    var own = saved(audrey, view("Own", "/"));
    for (var bad :
        List.of(
            schedule(),
            schedule().put("rule", "no-such-rule"),
            schedule().put("view", hers),
            schedule().put("view", own).put("rule", "some-tool"),
            schedule().put("view", own).put("on", 2),
            Json.object()
                .put("view", own)
                .put("every", "day")
                .put("hour", 9)
                .put("zone", "Mars/Olympus")
                .put("to", Json.texts(List.of("cio@example.com"))),
            Json.object()
                .put("view", own)
                .put("every", "day")
                .put("hour", 9)
                .put("zone", "UTC")
                .put("to", Json.texts(List.of("a@example.com\r\nBcc: b@example.com"))),
            Json.object()
                .put("view", own)
                .put("every", "day")
                .put("hour", 9)
                .put("zone", "UTC")
                .put("to", Json.texts(List.of())))) {
      var answer = audrey.send("POST", SCHEDULES, bad.build());
      assertEquals(422, answer.statusCode(), answer.body());
    }
    assertEquals(
        201, audrey.send("POST", SCHEDULES, schedule().put("view", own).build()).statusCode());
  }

  @Test
  void a_schedule_that_no_server_sends_says_so() throws Exception {
    var own = saved(audrey, view("Own", "/"));
    var made = audrey.send("POST", SCHEDULES, schedule().put("view", own).build());
    assertEquals(201, made.statusCode(), made.body());
    assertFalse(audrey.get(SCHEDULES).body().contains("\"error\""));
    office.clock.move(Duration.ofHours(2));
    var later = Client.of(office, "audrey");
    assertTrue(later.get(SCHEDULES).body().contains("should have gone out at"));
    var log = later.get("/api/v1/audit?action=report").body();
    assertTrue(log.contains("report.schedule") && log.contains("cio@example.com"), log);
  }

  @Test
  void figures_are_sent_elsewhere_only_by_who_has_just_proved_who_they_are() throws Exception {
    var own = saved(audrey, view("Own", "/"));
    office.clock.move(Duration.ofMinutes(11));
    var answer = audrey.send("POST", SCHEDULES, schedule().put("view", own).build());
    assertEquals(403, answer.statusCode());
    assertTrue(answer.body().contains("step-up"), answer.body());
  }
}
