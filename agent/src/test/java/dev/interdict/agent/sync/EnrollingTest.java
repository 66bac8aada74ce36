package dev.interdict.agent.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.policy.PolicyKeeper;
import dev.interdict.agent.state.ClockFile;
import dev.interdict.agent.state.Enrolment;
import dev.interdict.agent.state.FailedJoin;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.state.ThisDevice;
import dev.interdict.agent.state.Uplink;
import dev.interdict.agent.time.FixedBootClock;
import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Collection;
import dev.interdict.report.EnrolRequest;
import dev.interdict.trust.repository.RepositoryPlan;
import dev.interdict.wire.Routes;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnrollingTest {
  @TempDir Path folder;
  private SmallServer server;
  private StateDirectory state;
  private Uplink uplink = Uplink.STRAIGHT;

  @BeforeEach
  void begin() throws Exception {
    server = new SmallServer(folder.resolve("repository"));
    state = StateDirectory.open(folder.resolve("state"));
  }

  @AfterEach
  void end() {
    server.close();
  }

  private Enrolling enrolling(URI address) {
    return new Enrolling(
        address, uplink, state, new FixedBootClock(), () -> SmallServer.NOW, new SecureRandom());
  }

  private Enrolment enrol() throws Exception {
    return enrolling(server.address()).enrol("token-1", pin());
  }

  private String pin() throws Exception {
    var root = server.repository.initialRoot();
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(root));
  }

  private List<Path> stored() throws IOException {
    try (var files = Files.walk(state.path())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.equals(state.enrolling()) && !file.equals(state.failedJoin()))
          .filter(file -> !file.endsWith("state-version"))
          .toList();
    }
  }

  @Test
  void enrolled_it_knows_its_server_its_root_and_the_time() throws Exception {
    var enrolment = enrol();
    var loaded = Enrolment.load(state);
    assertEquals(enrolment.device(), loaded == null ? null : loaded.device());
    assertEquals(server.address(), loaded == null ? null : loaded.server());
    assertEquals(1, PolicyKeeper.open(state.trust(), enrolment.device()).root().version());
    var mark = ClockFile.load(state.clock());
    assertEquals(SmallServer.NOW, mark == null ? null : mark.floor());
    assertTrue(server.taken.getFirst().contains("token-1"));
  }

  @Test
  void it_keeps_the_groups_that_its_token_gave() throws Exception {
    server.groups.addAll(List.of("finance", "build-machines"));
    assertEquals(Set.of("build-machines", "finance"), enrol().groups());
    var loaded = Enrolment.load(state);
    assertEquals(Set.of("build-machines", "finance"), loaded == null ? null : loaded.groups());
  }

  @Test
  void a_server_of_before_knows_no_groups() throws Exception {
    var device = Enrolment.begin(server.address(), state).device();
    var old = "{\"device\": \"" + device + "\"}";
    server.instead.put(Routes.ENROL, SmallServer.body(old.getBytes(StandardCharsets.UTF_8)));
    assertEquals(Set.of(), enrol().groups());
    Files.writeString(
        state.enrolment(),
        Files.readString(state.enrolment()).replaceFirst(",\\s*\"groups\": \\[\\]", ""));
    assertFalse(Files.readString(state.enrolment()).contains("groups"));
    var loaded = Enrolment.load(state);
    assertEquals(Set.of(), loaded == null ? null : loaded.groups());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"device\": \"00000000000000000000000000000000\"}",
        "{\"device\": \"%s\", \"groups\": [\"R&D\"]}",
        "{\"device\": \"%s\", \"groups\": \"all\"}"
      })
  void an_answer_that_says_something_else_enrols_nobody(String answer) throws Exception {
    var device = Enrolment.begin(server.address(), state).device();
    var body = answer.replace("%s", device.value()).getBytes(StandardCharsets.UTF_8);
    server.instead.put(Routes.ENROL, SmallServer.body(body));
    assertThrows(IOException.class, this::enrol);
    assertNull(Enrolment.load(state));
  }

  @Test
  void another_root_than_the_pin_names_is_refused_before_anything_is_stored() throws Exception {
    var refused =
        assertThrows(
            IOException.class, () -> enrolling(server.address()).enrol("t", "0".repeat(64)));
    assertTrue(String.valueOf(refused.getMessage()).contains("not the one you were told to trust"));
    assertEquals(List.of(), stored());
    assertEquals(
        new FailedJoin(SmallServer.NOW, String.valueOf(refused.getMessage())),
        FailedJoin.load(state));
    assertEquals(List.of("GET " + Routes.TUF + "1.root.json"), server.asked);
  }

  private void publish(Json collection) throws Exception {
    server.repository.publish(
        RepositoryPlan.BLOCKLIST,
        Blocklist.PATH,
        JsonWriter.compact(Blocklist.document(1, "IT", List.of(), collection)),
        List.of(server.keys.blocklist()));
  }

  private String named() throws Exception {
    var sent = server.taken.getFirst().getBytes(StandardCharsets.UTF_8);
    return EnrolRequest.read(sent).device().hostName();
  }

  @Test
  void the_computers_name_is_told_unless_the_signed_list_forbids_it() throws Exception {
    var own = ThisDevice.describe(enrol().device()).hostName();
    assertEquals(own, named());
  }

  @Test
  void a_list_that_forbids_the_computers_name_is_heeded_before_anything_is_sent() throws Exception {
    publish(new Collection(Collection.Level.MATCHES, false, null, null).json());
    assertEquals("device-" + enrol().device().value().substring(0, 8), named());
  }

  @Test
  void where_it_cannot_be_known_what_may_be_told_the_name_is_not() throws Exception {
    publish(Json.object().put("level", "everything").build());
    assertEquals("device-" + enrol().device().value().substring(0, 8), named());
  }

  @Test
  void a_list_that_cannot_be_had_allows_no_name_either() throws Exception {
    server.instead.put(Routes.TUF + "timestamp.json", SmallServer.status(503));
    assertEquals("device-" + enrol().device().value().substring(0, 8), named());
  }

  @Test
  void a_refused_token_leaves_the_device_unenrolled() throws Exception {
    server.instead.put(Routes.ENROL, SmallServer.status(403));
    var refused = assertThrows(IOException.class, this::enrol);
    assertTrue(String.valueOf(refused.getMessage()).contains("refused the enrolment token"));
    assertNull(Enrolment.load(state));
  }

  @Test
  void why_a_try_failed_is_kept_until_one_goes_well() throws Exception {
    server.instead.put(
        Routes.ENROL, SmallServer.body("\u001b[31m?".getBytes(StandardCharsets.UTF_8)));
    var reason = String.valueOf(assertThrows(IOException.class, this::enrol).getMessage());
    var kept = FailedJoin.load(state);
    assertEquals(new FailedJoin(SmallServer.NOW, reason), kept);
    assertFalse(String.valueOf(kept).contains("\u001b"));
    server.instead.put(Routes.ENROL, SmallServer.status(403));
    assertThrows(IOException.class, this::enrol);
    assertNotEquals(kept, FailedJoin.load(state));
    server.instead.clear();
    enrol();
    assertNull(FailedJoin.load(state));
    assertThrows(IOException.class, this::enrol);
    assertNull(FailedJoin.load(state), "it has joined, whatever else was tried");
  }

  @Test
  void a_server_that_is_away_is_named() {
    var address = server.address();
    server.close();
    var reason = assertThrows(IOException.class, () -> enrolling(address).enrol("token-1", "pin"));
    assertEquals("nothing answers at " + address.getAuthority(), reason.getMessage());
    assertEquals(
        new FailedJoin(SmallServer.NOW, String.valueOf(reason.getMessage())),
        FailedJoin.load(state));
  }

  @Test
  void a_repeated_try_presents_the_same_key() throws Exception {
    server.instead.put(Routes.TIME, SmallServer.status(500));
    assertThrows(IOException.class, this::enrol);
    server.instead.clear();
    enrol();
    assertEquals(2, server.taken.size());
    assertEquals(server.taken.getFirst(), server.taken.getLast());
  }

  @Test
  void a_damaged_key_of_an_earlier_try_is_replaced() throws Exception {
    var first = Enrolment.begin(server.address(), state);
    Files.writeString(state.deviceKey(), "damaged");
    assertNotEquals(first.device(), enrol().device());
  }

  @Test
  void what_an_earlier_try_with_another_server_trusted_is_gone() throws Exception {
    Files.createDirectories(state.trust());
    Files.writeString(state.trust().resolve("left-over.json"), "{}");
    enrol();
    assertTrue(Files.notExists(state.trust().resolve("left-over.json")));
  }

  @Test
  void time_from_another_key_is_refused() throws Exception {
    var forged =
        dev.interdict.trust.TimeStatement.sign(
            new byte[32], SmallServer.NOW, server.keys.timestamp());
    server.instead.put(Routes.TIME, SmallServer.body(forged));
    assertThrows(IOException.class, this::enrol);
    assertNull(Enrolment.load(state));
  }

  @Test
  void while_one_enrolment_runs_another_asks_no_server() throws Exception {
    try (var other =
            FileChannel.open(
                state.enrolling(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = other.lock()) {
      var refused = assertThrows(IOException.class, this::enrol);
      assertTrue(String.valueOf(refused.getMessage()).startsWith("another enrolment is running"));
      assertEquals(List.of(), server.asked);
    }
    enrol();
  }

  @Test
  void half_an_enrolment_names_the_way_out() throws Exception {
    enrol();
    Files.delete(state.deviceKey());
    var refused = assertThrows(IOException.class, this::enrol);
    assertTrue(String.valueOf(refused.getMessage()).contains("interdict-agent unenrol"));
  }

  @Test
  void an_enrolled_device_is_not_enrolled_over() throws Exception {
    enrol();
    var refused = assertThrows(IOException.class, this::enrol);
    assertTrue(String.valueOf(refused.getMessage()).contains("enrolled already"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://interdict.example.com/",
        "http://127.0.0.1.example.com/",
        "ftp://localhost/",
        "interdict.example.com"
      })
  void only_https_will_do_off_this_machine(String address) {
    assertThrows(IllegalArgumentException.class, () -> enrolling(URI.create(address)));
  }
}
