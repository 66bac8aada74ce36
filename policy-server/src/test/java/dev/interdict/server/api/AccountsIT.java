package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.server.access.Account;
import dev.interdict.server.access.Accounts.Granted;
import dev.interdict.server.access.LoginOutcome;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.Vouched;
import dev.interdict.server.main.TestingOffice;
import dev.interdict.server.scope.Scope;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an administrator can do to accounts over the network, and cannot.
class AccountsIT {
  private static final String V1 = "/api/v1";

  @TempDir Path folder;
  private TestingOffice office;
  private Client ada;

  @BeforeEach
  void start() throws Exception {
    office = new TestingOffice(folder);
    office.person("ada", Role.ADMINISTRATOR);
    ada = Client.of(office, "ada");
  }

  @AfterEach
  void stop() {
    office.close();
  }

  private HttpResponse<String> create(String name, String... roles) throws Exception {
    var body = Json.object().put("name", name).put("roles", Json.texts(List.of(roles))).build();
    return ada.send("POST", V1 + "/accounts", body);
  }

  private HttpResponse<String> grant(String name, List<String> scope, String... roles)
      throws Exception {
    var body =
        Json.object()
            .put("roles", Json.texts(List.of(roles)))
            .put("scope", scope.isEmpty() ? null : Json.texts(scope))
            .build();
    return ada.send("POST", V1 + "/accounts/" + name + "/grant", body);
  }

  private HttpResponse<String> deed(Client client, String name, String verb) throws Exception {
    return client.plain("POST", V1 + "/accounts/" + name + "/" + verb);
  }

  private Account account(String name) {
    return office.parts().accounts().list().stream()
        .filter(each -> each.name().equals(name))
        .findAny()
        .orElseThrow();
  }

  @Test
  void a_new_account_signs_in_with_the_password_that_is_shown_once() throws Exception {
    var made = create("vera", "viewer");
    assertEquals(201, made.statusCode(), made.body());
    var password = Described.text(Described.member(Described.read(made.body()), "password"));
    var outcome = office.parts().sessions().signIn("vera", password, null, "127.0.0.1", null);
    assertTrue(outcome instanceof LoginOutcome.SignedIn);
    assertEquals(409, create("vera", "viewer").statusCode());
    assertEquals(422, create("Vera!", "viewer").statusCode());
  }

  @Test
  void whoever_decides_is_not_made_over_the_network() throws Exception {
    office.person("vera", Role.VIEWER);
    for (var role : List.of("helpdesk", "author", "approver", "signer", "administrator")) {
      var made = create("second-me", role);
      assertEquals(422, made.statusCode(), role);
      assertTrue(
          made.body().contains("interdict-server account create second-me --role"), made.body());
      var given = grant("vera", List.of(), "viewer", role);
      assertEquals(422, given.statusCode(), role);
      assertTrue(given.body().contains("interdict-server account grant vera --role"), given.body());
    }
    assertEquals(Set.of(Role.VIEWER), account("vera").roles());
  }

  @Test
  void whoever_made_an_account_does_not_know_the_password_with_which_it_decides() throws Exception {
    var made = Described.read(create("bob", "viewer").body());
    var known = Described.text(Described.member(made, "password"));
    var accounts = office.parts().accounts();
    var fresh = "a password of the machine";
    var looks = accounts.grant("root", "bob", Set.of(Role.AUDITOR), Scope.WHOLE, fresh);
    assertEquals(Granted.AS_BEFORE, looks);
    assertTrue(signsIn("bob", known));
    var both = Set.of(Role.AUDITOR, Role.APPROVER);
    var decides = accounts.grant("root", "bob", both, Scope.WHOLE, fresh);
    assertEquals(Granted.WITH_FRESH_PASSWORD, decides);
    assertFalse(signsIn("bob", known));
    assertTrue(signsIn("bob", fresh));
    var again =
        accounts.grant("root", "bob", Set.of(Role.APPROVER), Scope.WHOLE, "yet another one");
    assertEquals(Granted.AS_BEFORE, again);
    assertTrue(signsIn("bob", fresh));
    assertEquals(
        Granted.NOBODY, accounts.grant("root", "nobody", both, Scope.WHOLE, "yet another one"));
  }

  private boolean signsIn(String name, String password) {
    return office.parts().sessions().signIn(name, password, null, "127.0.0.1", null)
        instanceof LoginOutcome.SignedIn;
  }

  @Test
  void roles_are_taken_away_and_no_scope_of_somebody_who_decides_grows() throws Exception {
    var accounts = office.parts().accounts();
    accounts.create(
        "tester",
        "hugo",
        TestingOffice.PASSWORD,
        Set.of(Role.HELPDESK, Role.VIEWER),
        Scope.of(List.of("R&D")));
    var hugo = Client.of(office, "hugo");
    assertEquals(422, grant("hugo", List.of(), "helpdesk").statusCode());
    assertEquals(422, grant("hugo", List.of("R&D", "Sales"), "helpdesk").statusCode());
    assertEquals(Scope.of(List.of("R&D")), account("hugo").scope());
    assertEquals(204, grant("hugo", List.of("R&D/web"), "helpdesk").statusCode());
    assertEquals(204, grant("hugo", List.of(), "viewer").statusCode());
    assertEquals(Set.of(Role.VIEWER), account("hugo").roles());
    assertEquals(401, hugo.get(V1 + "/me").statusCode());
  }

  @Test
  void nobody_changes_the_own_account_nor_takes_the_last_administrator_away() throws Exception {
    for (var answer : List.of(deed(ada, "ada", "disable"), grant("ada", List.of(), "viewer"))) {
      assertEquals(422, answer.statusCode(), answer.body());
      assertTrue(answer.body().contains("your own account"), answer.body());
    }
    office.parts().breakGlass().enable("tester");
    office.person("bea", Role.ADMINISTRATOR);
    var bea = Client.of(office, "bea");
    assertEquals(204, deed(ada, "bea", "disable").statusCode());
    assertEquals(401, bea.get(V1 + "/me").statusCode());
    assertEquals(409, deed(ada, "bea", "disable").statusCode());
    assertEquals(404, deed(ada, "break-glass", "disable").statusCode());
    assertEquals(404, deed(ada, "nobody", "disable").statusCode());
  }

  @Test
  void nobody_gets_somebody_back_who_decides_unless_their_provider_vouches() throws Exception {
    office.person("vera", Role.VIEWER, Role.AUDITOR);
    office.person("bea", Role.VIEWER, Role.APPROVER);
    var decides = Set.of(Role.APPROVER);
    var accounts = office.parts().accounts();
    var zoe =
        Objects.requireNonNull(
            accounts.vouchedFor(
                new Vouched("https://idp.example", "zoe", "zoe", "zoe", "Zoe"),
                decides,
                Scope.WHOLE));
    for (var name : List.of("vera", "bea", zoe.name())) {
      assertEquals(409, deed(ada, name, "enable").statusCode(), name);
      assertEquals(204, deed(ada, name, "disable").statusCode(), name);
    }
    assertEquals(204, deed(ada, "vera", "enable").statusCode());
    assertEquals(204, deed(ada, zoe.name(), "enable").statusCode());
    var refused = deed(ada, "bea", "enable");
    assertEquals(422, refused.statusCode());
    assertTrue(refused.body().contains("interdict-server account enable bea"), refused.body());
    assertTrue(account("bea").disabledAt() != null);
  }

  @Test
  void two_that_take_it_from_each_other_at_once_do_not_both_succeed() throws Exception {
    office.person("bea", Role.ADMINISTRATOR);
    var bea = Client.of(office, "bea");
    try (var both = Executors.newFixedThreadPool(2)) {
      Callable<HttpResponse<String>> one = () -> deed(ada, "bea", "disable");
      Callable<HttpResponse<String>> other = () -> deed(bea, "ada", "disable");
      both.invokeAll(List.of(one, other));
    }
    var left =
        office.parts().accounts().list().stream()
            .filter(each -> each.roles().contains(Role.ADMINISTRATOR))
            .filter(each -> each.disabledAt() == null)
            .count();
    assertEquals(1, left);
  }

  @Test
  void it_takes_a_fresh_proof_and_no_program() throws Exception {
    office.person("vera", Role.VIEWER);
    var secret =
        office
            .parts()
            .apiTokens()
            .create(
                "ada", "ada", "robot", Set.of(Role.ADMINISTRATOR), Scope.WHOLE, Duration.ofDays(1));
    var robot = Client.program(office, String.valueOf(secret));
    assertEquals(403, deed(robot, "vera", "disable").statusCode());
    office.clock.move(Duration.ofMinutes(11));
    var asked = deed(ada, "vera", "disable");
    assertEquals(403, asked.statusCode());
    assertTrue(asked.body().contains("step-up"), asked.body());
    assertFalse(account("vera").disabledAt() != null);
  }
}
