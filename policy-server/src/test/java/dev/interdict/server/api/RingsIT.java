package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.fleet.Counted;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.main.TestingOffice;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Sql;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rings as people describe them, and who puts what into which.
class RingsIT {
  private static final String V1 = "/api/v1";
  private static final String RINGS = V1 + "/rings/";

  @TempDir Path folder;
  private TestingOffice office;
  private Client anna;
  private Client bo;
  private List<SimulatedDevice> devices;

  @BeforeEach
  void start() throws Exception {
    office = new TestingOffice(folder);
    office.person("anna", Role.AUTHOR, Role.APPROVER);
    office.person("bo", Role.APPROVER);
    anna = Client.of(office, "anna");
    bo = Client.of(office, "bo");
    devices = new ArrayList<>();
    for (var i = 0; i < 6; i++) {
      devices.add(office.device("ws-" + i, i == 5 ? "Sales" : "R&D"));
    }
    for (var ring : List.of("pilot", "everyone", "late")) {
      assertEquals(200, put(ring, List.of("pilot", "everyone", "late").indexOf(ring) + 1, "\"0\""));
    }
  }

  @AfterEach
  void stop() {
    office.close();
  }

  private int put(String ring, long place, String tag) throws Exception {
    var body = Json.object().put("place", place).put("description", "for tests").build();
    return anna.send("PUT", RINGS + ring, body, "If-Match", tag).statusCode();
  }

  private HttpResponse<String> move(Client who, String ring, int from, int to) throws Exception {
    return who.send("POST", RINGS + ring + "/move", of(from, to));
  }

  private Json.Obj of(int from, int to) {
    var ids = devices.subList(from, to).stream().map(device -> device.id().value()).toList();
    return Json.object().put("devices", Json.texts(ids)).build();
  }

  private String ring(int device) throws Exception {
    var answer = Described.read(bo.get(V1 + "/devices/" + devices.get(device).id()).body());
    return Described.text(Described.member(answer, "ring"));
  }

  private long proposed(Client who, String ring, int from, int to) throws Exception {
    var answer = who.send("POST", RINGS + ring + "/propose", of(from, to));
    assertEquals(200, answer.statusCode(), answer.body());
    return ((Json.Int) Described.member(Described.read(answer.body()), "proposal")).value();
  }

  private int agree(Client who, long proposal) throws Exception {
    var path = V1 + "/proposals/" + proposal + "/agree";
    return who.send("POST", path, Json.object().build()).statusCode();
  }

  @Test
  void a_description_is_changed_from_the_version_that_was_read_only() throws Exception {
    assertEquals(412, put("pilot", 2, "\"0\""));
    assertEquals(200, put("pilot", 2, "\"1\""));
    assertEquals(412, put("pilot", 3, "\"1\""));
    assertEquals(422, put("pilot", 0, "\"2\""));
    var one = anna.get(RINGS + "pilot");
    assertEquals("\"2\"", one.headers().firstValue("ETag").orElseThrow());
    assertEquals(404, anna.get(RINGS + "nowhere").statusCode());
  }

  @Test
  void one_device_goes_later_by_one_person_and_is_seen_there() throws Exception {
    var moved = move(anna, "late", 0, 1);
    assertEquals(200, moved.statusCode(), moved.body());
    var entry = office.parts().audit().newest(Long.MAX_VALUE, 1).getFirst();
    assertEquals("ring.move by anna", entry.action() + " by " + entry.actor());
    assertEquals("late", ring(0));
    assertEquals("everyone", ring(1));
    var again = Described.read(move(anna, "late", 0, 1).body());
    assertEquals(new Json.Int(0), Described.member(again, "moved"));
    var list = Described.read(bo.get(V1 + "/devices?ring=late").body());
    assertEquals(new Json.Int(1), Described.member(list, "total"));
  }

  @Test
  void small_rings_are_told_together_of_a_rule() throws Exception {
    var whole = bo.get(V1 + "/rules/some-tool/rings").body();
    assertTrue(whole.contains("\"everyone\"") && !whole.contains("\"*\""), whole);
    assertEquals(200, move(anna, "late", 0, 1).statusCode());
    for (var i = 6; i < 12; i++) {
      office.device("ws-" + i, "R&D");
    }
    var pilot = devices.subList(1, 5).stream().map(SimulatedDevice::id).toList();
    office
        .parts()
        .database()
        .write(connection -> {
          Counted.recounted(
              connection,
              pilot,
              () -> {
                for (var id : pilot) {
                  var move = "update device set ring = 'pilot' where device_id = ?";
                  Sql.update(connection, move, id.value());
                }
              });
          return null;
        });
    var answer = Described.read(bo.get(V1 + "/rules/some-tool/rings").body());
    var told = new ArrayList<String>();
    for (var ring : ((Json.Arr) Described.member(answer, "rings")).items()) {
      var devices = (Json.Int) Described.member((Json.Obj) ring, "devices");
      told.add(Described.text(Described.member((Json.Obj) ring, "ring")) + " " + devices.value());
    }
    assertEquals(List.of("* 5", "everyone 7"), told);
  }

  @Test
  void an_earlier_ring_takes_two_people_and_their_agreement_is_to_that_move_once()
      throws Exception {
    var alone = move(anna, "pilot", 0, 1);
    assertEquals(422, alone.statusCode(), alone.body());
    assertTrue(alone.body().contains("EARLIER"), alone.body());
    var proposal = proposed(anna, "pilot", 0, 1);
    assertTrue(agree(anna, proposal) != 200, "nobody agrees to their own");
    assertEquals(422, move(anna, "pilot", 0, 1).statusCode());
    assertEquals(200, agree(bo, proposal));
    assertEquals(422, move(anna, "pilot", 1, 2).statusCode(), "another device was not agreed to");
    assertEquals(200, move(anna, "pilot", 0, 1).statusCode());
    assertEquals("pilot", ring(0));
    assertEquals(200, move(anna, "late", 0, 1).statusCode());
    assertEquals(422, move(anna, "pilot", 0, 1).statusCode(), "used up, and from another ring");
  }

  @Test
  void more_than_a_tenth_of_a_ring_at_once_takes_two_people_and_an_agreement_ends()
      throws Exception {
    assertEquals(422, move(anna, "late", 0, 2).statusCode());
    assertEquals("everyone", ring(0));
    assertEquals(200, agree(bo, proposed(anna, "late", 0, 2)));
    office.clock.move(Duration.ofDays(4));
    bo = Client.of(office, "bo");
    anna = Client.of(office, "anna");
    assertEquals(422, move(anna, "late", 0, 2).statusCode());
    assertEquals(200, agree(bo, proposed(anna, "late", 0, 2)));
    assertEquals(200, move(anna, "late", 0, 2).statusCode());
    assertEquals(List.of("late", "late"), List.of(ring(0), ring(1)));
  }

  @Test
  void who_comes_with_an_agreement_that_came_to_something_else_is_told_so() throws Exception {
    var proposal = proposed(anna, "pilot", 0, 1);
    assertEquals(200, agree(bo, proposal));
    assertEquals(200, put(anna, "everyone", "\"1\"", 2, 4L).statusCode());
    var refused = move(anna, "pilot", 0, 1);
    assertEquals(422, refused.statusCode(), refused.body());
    assertTrue(refused.body().contains("WIDER bounds"), refused.body());
    assertTrue(
        refused.body().contains("proposal " + proposal + " was agreed to when it came to this: "),
        refused.body());
    assertTrue(refused.body().contains("look again"), refused.body());
    assertEquals("everyone", ring(0));
    assertEquals(200, agree(bo, proposed(anna, "pilot", 0, 1)));
    assertEquals(200, move(anna, "pilot", 0, 1).statusCode());
  }

  private HttpResponse<String> put(
      Client who, String ring, String tag, long place, @Nullable Long failures) throws Exception {
    return who.send("PUT", RINGS + ring, described(place, failures), "If-Match", tag);
  }

  private static Json.Obj described(long place, @Nullable Long failures) {
    return Json.object()
        .put("place", place)
        .put("description", "for tests")
        .put("failures", failures == null ? null : new Json.Int(failures))
        .build();
  }

  @Test
  void one_person_narrows_a_bound_and_two_raise_it_or_take_it_away() throws Exception {
    assertEquals(200, put(anna, "everyone", "\"1\"", 2, 9L).statusCode());
    assertEquals(200, put(anna, "everyone", "\"2\"", 2, 4L).statusCode());
    var alone = put(anna, "everyone", "\"3\"", 2, 5L);
    assertEquals(422, alone.statusCode(), alone.body());
    assertTrue(alone.body().contains("rules held LATER: failures 4 -> 5"), alone.body());
    assertEquals(422, put(anna, "everyone", "\"3\"", 2, null).statusCode());
    assertEquals(412, put(anna, "everyone", "\"2\"", 2, 5L).statusCode());
    var asked = anna.send("POST", RINGS + "everyone/propose-description", described(2, 5L));
    assertEquals(200, asked.statusCode(), asked.body());
    var proposal = ((Json.Int) Described.member(Described.read(asked.body()), "proposal")).value();
    assertTrue(agree(anna, proposal) != 200, "nobody agrees to their own");
    assertEquals(200, agree(bo, proposal));
    assertEquals(422, put(anna, "everyone", "\"3\"", 2, 6L).statusCode(), "not what was agreed");
    assertEquals(200, put(anna, "everyone", "\"3\"", 2, 5L).statusCode());
    assertEquals(200, put(anna, "everyone", "\"4\"", 2, 4L).statusCode());
    assertEquals(422, put(anna, "everyone", "\"5\"", 2, 5L).statusCode(), "it was used up");
    assertEquals(200, put(anna, "late", "\"1\"", 3, 4L).statusCode());
    assertEquals(200, put(anna, "late", "\"2\"", 3, 9L).statusCode(), "nobody is in it");
  }

  @Test
  void not_even_one_device_goes_under_wider_bounds_by_one_person() throws Exception {
    assertEquals(200, put(anna, "everyone", "\"1\"", 2, 4L).statusCode());
    assertEquals(200, put(anna, "late", "\"1\"", 3, 5L).statusCode());
    var wider = move(anna, "late", 0, 1);
    assertEquals(422, wider.statusCode(), wider.body());
    assertTrue(wider.body().contains("WIDER bounds"), wider.body());
    assertEquals(200, put(anna, "late", "\"2\"", 3, 4L).statusCode());
    assertEquals(200, move(anna, "late", 0, 1).statusCode());
  }

  @Test
  void the_order_of_rings_that_devices_are_in_is_not_one_persons() throws Exception {
    assertEquals(200, put(anna, "late", "\"1\"", 1, null).statusCode(), "nobody is in it");
    assertEquals(200, put(anna, "late", "\"2\"", 3, null).statusCode());
    assertEquals(200, move(anna, "late", 0, 1).statusCode());
    var earlier = put(anna, "late", "\"3\"", 1, null);
    assertEquals(422, earlier.statusCode(), earlier.body());
    assertTrue(earlier.body().contains("another ORDER"), earlier.body());
    assertEquals(422, put(anna, "everyone", "\"1\"", 3, null).statusCode(), "the other way round");
    assertEquals(200, put(anna, "everyone", "\"1\"", 1, null).statusCode(), "the same order");
    var asked = anna.send("POST", RINGS + "late/propose-description", described(1, null));
    var proposal = ((Json.Int) Described.member(Described.read(asked.body()), "proposal")).value();
    assertEquals(200, agree(bo, proposal));
    assertEquals(200, put(anna, "late", "\"3\"", 1, null).statusCode());
  }

  @Test
  void what_is_out_of_scope_is_not_there_and_then_nothing_is_moved() throws Exception {
    var scope = Scope.of(List.of("R&D"));
    office
        .parts()
        .accounts()
        .create("tester", "cleo", TestingOffice.PASSWORD, Set.of(Role.APPROVER), scope);
    var cleo = Client.of(office, "cleo");
    var refused = move(cleo, "late", 4, 6);
    assertEquals(422, refused.statusCode());
    assertTrue(refused.body().contains("no device " + devices.get(5).id()), refused.body());
    assertEquals(List.of("everyone", "everyone"), List.of(ring(4), ring(5)));
    assertEquals(200, move(cleo, "late", 4, 5).statusCode());
    var body = Json.object().put("place", 9).put("description", "").build();
    assertEquals(403, cleo.send("PUT", RINGS + "mine", body, "If-Match", "\"0\"").statusCode());
  }

  @Test
  void a_ring_goes_only_when_nobody_is_in_it() throws Exception {
    assertEquals(409, remove("everyone", "\"1\""));
    assertEquals(412, remove("late", "\"7\""));
    assertEquals(200, remove("late", "\"1\""));
    assertEquals(404, anna.get(RINGS + "late").statusCode());
    assertEquals(404, move(anna, "late", 0, 1).statusCode());
  }

  private int remove(String ring, @Nullable String tag) throws Exception {
    return anna.plain("POST", RINGS + ring + "/remove", "If-Match", String.valueOf(tag))
        .statusCode();
  }
}
