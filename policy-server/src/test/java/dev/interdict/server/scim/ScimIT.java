package dev.interdict.server.scim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.server.access.Account;
import dev.interdict.server.access.LoginOutcome;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.oidc.HandwrittenProvider;
import dev.interdict.server.access.oidc.OidcLogin;
import dev.interdict.server.access.oidc.OidcSettings;
import dev.interdict.server.main.TestingOffice;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Sql;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The company's directory tells who may sign in and who has left, over HTTP, as Entra and Okta
/// send it.
class ScimIT {
  private static final String USERS = "/scim/v2/Users";
  private static final Duration LASTING = Duration.ofDays(366);

  /// As Entra writes them.
  private static final String ENTRA_OFF =
      """
      {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
       "Operations":[{"op":"Replace","path":"active","value":"False"}]}\
      """;

  private static final String ENTRA_ON = ENTRA_OFF.replace("\"False\"", "\"True\"");

  /// As Okta does.
  private static final String OKTA_OFF =
      """
      {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
       "Operations":[{"op":"replace","value":{"active":false}}]}\
      """;

  private static final String OKTA_ON = OKTA_OFF.replace("false", "true");

  @TempDir static Path folder;
  private static TestingOffice office;
  private static HandwrittenProvider provider;
  private static OidcLogin login;
  private static String token;

  @BeforeAll
  static void start() throws Exception {
    office = new TestingOffice(folder);
    office.person("root", Role.ADMINISTRATOR);
    provider = new HandwrittenProvider(office.clock);
    var groups = List.of(new OidcSettings.Mapping("authors", Set.of(Role.AUTHOR), Scope.WHOLE));
    var parts = office.parts();
    login =
        new OidcLogin(
            provider.settings(groups),
            parts.database(),
            parts.accounts(),
            parts.sessions(),
            new SecureRandom(),
            office.clock);
    token =
        Objects.requireNonNull(
            parts.apiTokens().createForScim("tester", "root", "directory", LASTING));
  }

  @AfterAll
  static void stop() {
    office.close();
    provider.close();
  }

  private static HttpResponse<String> send(
      String method, String path, @Nullable String body, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(office.address() + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/scim+json; charset=utf-8");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return office.visitors.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> scim(String method, String path, @Nullable String body)
      throws Exception {
    return send(method, path, body, "Authorization", "Bearer " + token);
  }

  private static Json.Obj json(HttpResponse<String> answer) throws Exception {
    assertEquals("application/scim+json", answer.headers().firstValue("Content-Type").orElse(""));
    return (Json.Obj)
        JsonReader.read(answer.body().getBytes(StandardCharsets.UTF_8), JsonLimits.OWN);
  }

  private static String text(HttpResponse<String> answer, String member) throws Exception {
    return json(answer).get(member) instanceof Json.Text(var text) ? text : "";
  }

  private static String user(String name, String externalId) {
    return "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"externalId\":\""
        + externalId
        + "\",\"userName\":\""
        + name
        + "\",\"active\":true,\"emails\":[{\"primary\":true,\"type\":\"work\",\"value\":\"x@y.z\"}],"
        + "\"name\":{\"givenName\":\"A\",\"familyName\":\"B\"},\"password\":\"hunter2hunter2\"}";
  }

  /// Makes a user; returns its address.
  private static String made(String name, String externalId) throws Exception {
    var answer = scim("POST", USERS, user(name, externalId));
    assertEquals(201, answer.statusCode(), answer.body());
    return USERS + "/" + text(answer, "id");
  }

  private static List<Json> found(String filter) throws Exception {
    var answer =
        scim("GET", USERS + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8), null);
    assertEquals(200, answer.statusCode(), answer.body());
    return json(answer).get("Resources") instanceof Json.Arr(var items) ? items : List.of();
  }

  private static Optional<LoginOutcome.SignedIn> signIn(String subject, String name, String oid) {
    var begun = login.begin("/", false).orElseThrow();
    var query = begun.provider().getRawQuery();
    provider.nonce = query.replaceAll(".*[?&]?nonce=([^&]*).*", "$1");
    provider.token =
        _ ->
            provider.signed(claims ->
                claims
                    .subject(subject)
                    .claim("preferred_username", name)
                    .claim("oid", oid.isEmpty() ? null : oid));
    var state = query.replaceAll(".*state=([^&]*).*", "$1");
    return switch (login.back(state, "code", begun.browser(), "127.0.0.1")) {
      case OidcLogin.Back(var signedIn, _) -> Optional.of(signedIn);
      case OidcLogin.Refused(var why, _) -> {
        assertEquals(OidcLogin.Why.ACCOUNT, why);
        yield Optional.empty();
      }
    };
  }

  private static String tokenOf(LoginOutcome.SignedIn signedIn, String name) {
    var owner = signedIn.session().account();
    return Objects.requireNonNull(
        office
            .parts()
            .apiTokens()
            .create("tester", owner, name, Set.of(Role.VIEWER), Scope.WHOLE, LASTING));
  }

  private static int asks(String apiToken) throws Exception {
    return send("GET", "/api/v1/me", null, "Authorization", "Bearer " + apiToken).statusCode();
  }

  private static int asks(LoginOutcome.SignedIn signedIn) throws Exception {
    return send("GET", "/api/v1/me", null, "Cookie", "interdict=" + signedIn.id()).statusCode();
  }

  @Test
  void the_right_id_decides_whatever_met_by_the_name_before() throws Exception {
    made("alice@example.com", "ext-alice");
    var mallory = signIn("sub-mallory", "alice@example.com", "").orElseThrow();
    var hers = tokenOf(mallory, "of-mallory");
    var there = made("mallory@example.com", "sub-mallory");
    assertEquals(200, scim("PATCH", there, ENTRA_OFF).statusCode());
    assertEquals(401, asks(mallory));
    assertEquals(401, asks(hers));

    var old = made("bob@example.com", "ext-bob-old");
    var namesake = signIn("sub-bob-new", "bob@example.com", "").orElseThrow();
    scim("DELETE", old, null);
    assertEquals(401, asks(namesake));
    made("bob@example.com", "sub-bob-new");
    assertTrue(signIn("sub-bob-new", "bob@example.com", "").isPresent());
  }

  @Test
  void somebody_deleted_comes_back_when_the_id_is_told_later() throws Exception {
    var old = made("dora@example.com", "sub-dora");
    assertTrue(signIn("sub-dora", "dora@example.com", "").isPresent());
    scim("DELETE", old, null);
    var again = scim("POST", USERS, "{\"userName\":\"dora@example.com\",\"active\":true}");
    var id = "{\"Operations\":[{\"op\":\"add\",\"path\":\"externalId\",\"value\":\"sub-dora\"}]}";
    assertEquals(200, scim("PATCH", USERS + "/" + text(again, "id"), id).statusCode());
    assertTrue(signIn("sub-dora", "dora@example.com", "").isPresent());
  }

  @Test
  void whoever_signed_in_before_directories_were_known_is_found_by_the_name() throws Exception {
    var carol = signIn("sub-carol", "Carol@example.com", "").orElseThrow();
    var hers = tokenOf(carol, "of-carol");
    var account = carol.session().account();
    office
        .parts()
        .database()
        .write(connection ->
            Sql.update(
                connection,
                "update account set external_id = null, user_key = null where name = ?",
                account));
    var there = made("carol@example.com", "sub-carol");
    assertEquals(200, scim("PATCH", there, OKTA_OFF).statusCode());
    assertEquals(401, asks(carol));
    assertEquals(401, asks(hers));
  }

  @Test
  void an_attribute_counts_by_its_full_name_too() throws Exception {
    var there = made("eve@example.com", "sub-eve");
    var schema = "urn:ietf:params:scim:schemas:core:2.0:User";
    for (var off :
        List.of("\"" + schema + ":active\":false", "\"" + schema + "\":{\"active\":false}")) {
      scim("PATCH", there, ENTRA_ON);
      var body = "{\"Operations\":[{\"op\":\"replace\",\"value\":{" + off + "}}]}";
      assertEquals(Json.Bool.FALSE, json(scim("PATCH", there, body)).get("active"), off);
    }
    var twice =
        "{\"Operations\":[{\"op\":\"replace\",\"value\":{\"active\":true,\""
            + schema
            + "\":{\"active\":false}}}]}";
    assertEquals(400, scim("PATCH", there, twice).statusCode());
    var filter = URLEncoder.encode("userName eq \"a\\u0000b\"", StandardCharsets.UTF_8);
    assertEquals(400, scim("GET", USERS + "?filter=" + filter, null).statusCode());
  }

  private static Account account(String name) {
    return office.parts().accounts().list().stream()
        .filter(each -> each.name().equals(name))
        .findAny()
        .orElseThrow();
  }

  private static long audited(String action, String object) {
    return office
        .parts()
        .database()
        .read(handle ->
            handle
                .createQuery(
                    "select count(*) from audit where action = :action and object = :object")
                .bind("action", action)
                .bind("object", object)
                .mapTo(Long.class)
                .one());
  }

  @Test
  void whoever_has_left_is_out_at_once_and_comes_back_without_a_token() throws Exception {
    var there = made("Zhao.Min@Example.com", "object-1");
    var signedIn = signIn("pairwise-1", "zhao.min@example.com", "object-1").orElseThrow();
    var account = signedIn.session().account();
    var mine =
        Objects.requireNonNull(
            office
                .parts()
                .apiTokens()
                .create("tester", account, "mine", Set.of(Role.VIEWER), Scope.WHOLE, LASTING));
    assertEquals(200, asks(signedIn));
    assertEquals(
        200, send("GET", "/api/v1/me", null, "Authorization", "Bearer " + mine).statusCode());

    var off = scim("PATCH", there, ENTRA_OFF);
    assertEquals(200, off.statusCode(), off.body());
    assertEquals(Json.Bool.FALSE, json(off).get("active"));
    assertEquals(401, asks(signedIn));
    assertEquals(
        401, send("GET", "/api/v1/me", null, "Authorization", "Bearer " + mine).statusCode());
    assertTrue(signIn("pairwise-1", "zhao.min@example.com", "object-1").isEmpty());
    assertEquals(1, audited("scim-user.change", "Zhao.Min@Example.com"));
    assertEquals(1, audited("account.disable", account));
    assertEquals(1, audited("api-token.revoke", "mine"));
    assertEquals(1, audited("session.refused", account));

    assertEquals(200, scim("PATCH", there, ENTRA_ON).statusCode());
    var again = signIn("pairwise-1", "zhao.min@example.com", "object-1").orElseThrow();
    assertEquals(200, asks(again));
    assertEquals(401, asks(signedIn));
    assertEquals(
        401, send("GET", "/api/v1/me", null, "Authorization", "Bearer " + mine).statusCode());
    assertEquals(Set.of(Role.AUTHOR), again.session().roles());
  }

  @Test
  void somebody_deleted_never_signs_in_also_who_never_did_before() throws Exception {
    var there = made("ghost@example.com", "00u1ghost");
    var known = made("known@example.com", "00u1known");
    var signedIn = signIn("00u1known", "known@example.com", "").orElseThrow();
    for (var each : List.of(there, known)) {
      assertEquals(204, scim("DELETE", each, null).statusCode());
      assertEquals(404, scim("GET", each, null).statusCode());
      assertEquals(404, scim("DELETE", each, null).statusCode());
      assertEquals(404, scim("PATCH", each, OKTA_ON).statusCode());
    }
    assertEquals(List.of(), found("userName eq \"ghost@example.com\""));
    assertEquals(401, asks(signedIn));
    var accounts = office.parts().accounts().list().size();
    assertTrue(signIn("00u1ghost", "ghost@example.com", "").isEmpty());
    assertTrue(signIn("00u1known", "known@example.com", "").isEmpty());
    assertEquals(accounts, office.parts().accounts().list().size());

    // A new person of the same name is not the old one, and the same person is, by the id.
    made("known@example.com", "00u2other");
    assertTrue(signIn("00u1known", "known@example.com", "").isEmpty());
    assertTrue(signIn("00u2other", "known@example.com", "").isPresent());
    made("known.once.more@example.com", "00u1known");
    assertTrue(signIn("00u1known", "known.once.more@example.com", "").isPresent());
  }

  @Test
  void people_who_signed_in_before_they_were_told_of_are_found() throws Exception {
    var byId = signIn("00u3early", "early@example.com", "").orElseThrow();
    var byName = signIn("some-subject", "Named@Example.com", "").orElseThrow();
    assertEquals(
        200, scim("PATCH", made("another@example.com", "00u3early"), OKTA_OFF).statusCode());
    assertEquals(
        200, scim("PATCH", made("named@example.com", "mail-nickname"), OKTA_OFF).statusCode());
    assertEquals(401, asks(byId));
    assertEquals(401, asks(byName));
    assertTrue(signIn("00u3early", "early@example.com", "").isEmpty());
  }

  @Test
  void a_local_account_of_exactly_that_name_ends_too_and_gains_nothing() throws Exception {
    office.person("li.na", Role.VIEWER);
    var sessions = office.parts().sessions();
    var there = made("LI.NA", "li-1");
    assertEquals(Set.of(Role.VIEWER), account("li.na").roles());
    var body = user("li.na", "li-1").replace("\"active\":true", "\"active\":\"false\"");
    assertEquals(200, scim("PUT", there, body).statusCode());
    assertEquals(
        new LoginOutcome.Refused(),
        sessions.signIn("li.na", TestingOffice.PASSWORD, null, "127.0.0.1", null));
    // Neither an administrator of the console nor what a PUT leaves out brings them back.
    assertEquals(200, scim("PUT", there, "{\"userName\":\"li.na\"}").statusCode());
    assertTrue(account("li.na").leftAt() != null);
    var root =
        (LoginOutcome.SignedIn)
            sessions.signIn("root", TestingOffice.PASSWORD, null, "127.0.0.1", null);
    var enable =
        send(
            "POST",
            "/api/v1/accounts/li.na/enable",
            null,
            "Cookie",
            "interdict=" + root.id(),
            "Origin",
            office.address(),
            "X-CSRF-Token",
            root.session().csrf());
    assertEquals(409, enable.statusCode(), enable.body());
    assertTrue(enable.body().contains("has left"), enable.body());

    // What an administrator says meanwhile stands when the directory takes its word back.
    assertTrue(office.parts().accounts().disable("root", "li.na"));
    assertEquals(200, scim("PATCH", there, OKTA_ON).statusCode());
    assertTrue(account("li.na").disabledAt() != null);
    assertNull(account("li.na").leftAt());
  }

  @Test
  void no_account_comes_from_the_directory_and_nobody_is_raised() throws Exception {
    var before = office.parts().accounts().list().size();
    for (var name : List.of("break-glass", "oidc-1", "newcomer")) {
      var more =
          user(name, "raise-" + name)
              .replace(
                  "\"active\"",
                  "\"roles\":[{\"value\":\"administrator\"}],\"groups\":[{\"value\":\"admins\"}],"
                      + "\"active\"");
      assertEquals(201, scim("POST", USERS, more).statusCode());
    }
    assertEquals(before, office.parts().accounts().list().size());
    office.parts().breakGlass().enable("tester");
    var glass = found("userName eq \"break-glass\"");
    var id = ((Json.Text) Objects.requireNonNull(((Json.Obj) glass.getFirst()).get("id"))).value();
    assertEquals(204, scim("DELETE", USERS + "/" + id, null).statusCode());
    assertNull(account("break-glass").disabledAt());
    office.parts().breakGlass().disable("tester");
  }

  @Test
  void the_last_administrator_is_not_locked_out() throws Exception {
    var there = made("root", "root-1");
    for (var answer : List.of(scim("PATCH", there, ENTRA_OFF), scim("DELETE", there, null))) {
      assertEquals(403, answer.statusCode());
      assertTrue(text(answer, "detail").contains("nobody but root administers"), answer.body());
    }
    assertNull(account("root").disabledAt());
    assertEquals(Json.Bool.TRUE, json(scim("GET", there, null)).get("active"));
    assertEquals(2, audited("scim-user.refused", there.substring(USERS.length() + 1)));

    office.person("second", Role.ADMINISTRATOR);
    assertEquals(200, scim("PATCH", there, ENTRA_OFF).statusCode());
    assertTrue(account("root").leftAt() != null);
    // Its token is still there: without it nobody would hear of the next one.
    assertEquals(200, scim("PATCH", there, ENTRA_ON).statusCode());
    assertTrue(office.parts().accounts().disable("tester", "second"));
  }

  @Test
  void a_token_for_scim_opens_nothing_else_and_others_do_not_open_scim() throws Exception {
    for (var path :
        List.of("/api/v1/me", "/api/v1/rules", "/api/v1/openapi.json", "/command-line")) {
      var answer = scim("GET", path, null);
      assertTrue(Set.of(401, 303).contains(answer.statusCode()), path + answer.statusCode());
    }
    office.person("boss", Role.AUDITOR);
    var all = Set.of(Role.ADMINISTRATOR, Role.AUDITOR, Role.SIGNER, Role.AUTHOR);
    var other =
        Objects.requireNonNull(
            office.parts().apiTokens().create("tester", "boss", "api", all, Scope.WHOLE, LASTING));
    for (var method : List.of("GET", "POST", "DELETE")) {
      var body = method.equals("POST") ? user("x", "x") : null;
      var answer = send(method, USERS, body, "Authorization", "Bearer " + other);
      assertEquals(403, answer.statusCode(), method);
      assertEquals("403", text(answer, "status"));
    }
    var signedIn =
        (LoginOutcome.SignedIn)
            office.parts().sessions().signIn("boss", TestingOffice.PASSWORD, null, "::1", null);
    var cookie = send("GET", USERS, null, "Cookie", "interdict=" + signedIn.id());
    assertEquals(403, cookie.statusCode());
    var nobody = send("GET", USERS, null);
    assertEquals(401, nobody.statusCode());
    assertTrue(nobody.headers().firstValue("WWW-Authenticate").isPresent());
    assertEquals("401", text(nobody, "status"));
    var short_ =
        Objects.requireNonNull(
            office.parts().apiTokens().createForScim("tester", "boss", "revoked", LASTING));
    assertTrue(office.parts().apiTokens().revoke("tester", "revoked"));
    assertEquals(401, send("GET", USERS, null, "Authorization", "Bearer " + short_).statusCode());
  }

  @Test
  void the_api_says_whether_the_directory_tells() throws Exception {
    office.person("audrey", Role.AUDITOR);
    var signedIn =
        (LoginOutcome.SignedIn)
            office.parts().sessions().signIn("audrey", TestingOffice.PASSWORD, null, "::1", null);
    var cookie = "interdict=" + signedIn.id();
    var before = directory(cookie);
    var there = made("counted@example.com", "counted-1");
    made("counted.too@example.com", "counted-2");
    assertEquals(200, scim("PATCH", there, ENTRA_OFF).statusCode());
    var after = directory(cookie);
    assertEquals(new Json.Int(number(before, "people") + 2), after.get("people"));
    assertEquals(new Json.Int(number(before, "off") + 1), after.get("off"));
    assertEquals(new Json.Text(office.clock.instant().toString()), after.get("last-used"));
    assertEquals(new Json.Text("https://interdict.example/scim/v2"), after.get("address"));
    assertEquals(204, scim("DELETE", there, null).statusCode());
    var last = directory(cookie);
    assertEquals(number(after, "off") - 1, number(last, "off"));
    assertEquals(number(after, "deleted") + 1, number(last, "deleted"));
  }

  private static Json.Obj directory(String cookie) throws Exception {
    var answer = send("GET", "/api/v1/directory", null, "Cookie", cookie);
    assertEquals(200, answer.statusCode(), answer.body());
    return (Json.Obj)
        JsonReader.read(answer.body().getBytes(StandardCharsets.UTF_8), JsonLimits.OWN);
  }

  private static long number(Json.Obj json, String member) {
    return json.get(member) instanceof Json.Int(var number) ? number : -1;
  }

  @Test
  void users_are_looked_up_changed_and_paged() throws Exception {
    var there = made("Look.Up@example.com", "look-1");
    var answer = scim("GET", there, null);
    assertEquals("Look.Up@example.com", text(answer, "userName"));
    assertFalse(answer.body().contains("hunter2"), answer.body());
    assertFalse(answer.body().contains("givenName"), answer.body());
    var location = ((Json.Obj) Objects.requireNonNull(json(answer).get("meta"))).get("location");
    assertEquals(new Json.Text(office.address() + there), location);
    for (var filter :
        List.of(
            "userName eq \"look.up@EXAMPLE.com\"",
            "externalId eq \"look-1\"",
            "USERNAME EQ \"look.up@example.com\"")) {
      assertEquals(List.of(json(answer)), found(filter), filter);
    }
    assertEquals(List.of(), found("externalId eq \"LOOK-1\""));
    assertEquals(List.of(), found("userName eq \"a\\\" or userName pr\""));

    var rename =
        """
        {"Operations":[{"op":"Add","path":"urn:ietf:params:scim:schemas:core:2.0:User:userName",
        "value":"new.name@example.com"},{"op":"replace","path":"name.givenName","value":"X"},
        {"op":"Replace","value":{"externalId":"look-2",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department":"R&D"}},
        {"op":"remove","path":"title"}]}\
        """;
    assertEquals(200, scim("PATCH", there, rename).statusCode());
    assertEquals(1, found("userName eq \"new.name@example.com\"").size());
    assertEquals(1, found("externalId eq \"look-2\"").size());

    made("second.of.them@example.com", "look-3");
    var page = json(scim("GET", USERS + "?startIndex=2&count=1", null));
    assertEquals(new Json.Int(1), page.get("itemsPerPage"));
    assertEquals(new Json.Int(2), page.get("startIndex"));
    var none = json(scim("GET", USERS + "?startIndex=-3&count=-1", null));
    assertEquals(new Json.Int(0), none.get("itemsPerPage"));
    assertEquals(page.get("totalResults"), none.get("totalResults"));
    assertNotEquals(new Json.Int(0), none.get("totalResults"));
  }

  @Test
  void what_is_hostile_is_refused_and_changes_nothing() throws Exception {
    var there = made("victim@example.com", "victim-1");
    var before = scim("GET", there, null).body();
    record Bad(int status, String type, String method, String path, String body) {}
    var deep = "[".repeat(40) + "]".repeat(40);
    for (var bad :
        List.of(
            new Bad(409, "uniqueness", "POST", USERS, user("VICTIM@example.com", "v-2")),
            new Bad(409, "uniqueness", "POST", USERS, user("other@example.com", "victim-1")),
            new Bad(400, "invalidValue", "POST", USERS, "{\"active\":true}"),
            new Bad(400, "invalidValue", "POST", USERS, "{\"userName\":\"  \"}"),
            new Bad(400, "invalidValue", "POST", USERS, "{\"userName\":\"a\\u202eb\"}"),
            new Bad(400, "invalidValue", "POST", USERS, "{\"userName\":[\"a\"]}"),
            new Bad(400, "invalidValue", "POST", USERS, user("a".repeat(256), "l")),
            new Bad(400, "invalidValue", "PUT", there, "{\"active\":\"maybe\"}"),
            new Bad(400, "invalidValue", "PUT", there, "{\"active\":0}"),
            new Bad(400, "invalidSyntax", "PUT", there, "{\"active\":false,\"Active\":true}"),
            new Bad(400, "invalidSyntax", "POST", USERS, "{\"userName\":" + deep + "}"),
            new Bad(400, "invalidSyntax", "POST", USERS, "[]"),
            new Bad(400, "invalidSyntax", "POST", USERS, "{"),
            new Bad(400, "invalidSyntax", "PATCH", there, "{}"),
            new Bad(400, "invalidSyntax", "PATCH", there, operation("\"op\":\"move\"")),
            new Bad(400, "noTarget", "PATCH", there, operation("\"op\":\"remove\"")),
            new Bad(
                400,
                "invalidValue",
                "PATCH",
                there,
                operation("\"op\":\"remove\",\"path\":\"active\"")),
            new Bad(400, "invalidPath", "PATCH", there, operation("\"op\":\"add\",\"path\":1")),
            new Bad(400, "invalidValue", "PATCH", there, operation("\"op\":\"add\",\"value\":1")),
            new Bad(413, "", "PATCH", there, "{\"Operations\":[" + "{},".repeat(100) + "{}]}"))) {
      var answer = scim(bad.method(), bad.path(), bad.body());
      assertEquals(bad.status(), answer.statusCode(), () -> bad + answer.body());
      assertEquals(bad.type(), text(answer, "scimType"), bad::toString);
      assertEquals(Integer.toString(bad.status()), text(answer, "status"));
    }
    assertEquals(413, scim("POST", USERS, user("x".repeat(70_000), "x")).statusCode());
    for (var filter :
        List.of(
            "active eq true", "userName sw \"a\"", "userName eq a", "x", "userName eq \"\\q\"")) {
      var answer =
          scim("GET", USERS + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8), null);
      assertEquals("invalidFilter", text(answer, "scimType"), filter);
    }
    assertEquals("invalidValue", text(scim("GET", USERS + "?count=many", null), "scimType"));
    var form =
        send(
            "POST",
            USERS,
            null,
            "Authorization",
            "Bearer " + token,
            "Content-Type",
            "application/x-www-form-urlencoded");
    assertEquals(415, form.statusCode());
    assertEquals(before, scim("GET", there, null).body());
  }

  private static String operation(String members) {
    return "{\"Operations\":[{" + members + "}]}";
  }

  @Test
  void it_says_what_it_can_do_and_what_it_cannot() throws Exception {
    var config = json(scim("GET", "/scim/v2/ServiceProviderConfig", null));
    assertEquals(Json.object().put("supported", Json.Bool.TRUE).build(), config.get("patch"));
    for (var path : List.of("/scim/v2/ResourceTypes", "/scim/v2/Schemas")) {
      assertEquals(new Json.Int(1), json(scim("GET", path, null)).get("totalResults"), path);
    }
    assertEquals("User", text(scim("GET", "/scim/v2/ResourceTypes/User", null), "id"));
    assertEquals(Scim.USER, text(scim("GET", "/scim/v2/Schemas/" + Scim.USER, null), "id"));
    assertEquals(404, scim("GET", "/scim/v2/Groups", null).statusCode());
    assertEquals(404, scim("POST", "/scim/v2/Groups", "{}").statusCode());
    for (var path : List.of("/scim/v2/Bulk", "/scim/v2/Users/.search", "/scim/v2/.search")) {
      assertEquals("501", text(scim("POST", path, "{}"), "status"), path);
    }
    assertEquals(501, scim("GET", "/scim/v2/Me", null).statusCode());
    assertEquals(401, send("GET", "/scim/v2/Groups", null).statusCode());
  }
}
