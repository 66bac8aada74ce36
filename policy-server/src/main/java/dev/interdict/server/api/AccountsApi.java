package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.server.access.Account;
import dev.interdict.server.access.AccountDesk;
import dev.interdict.server.access.Accounts;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.SecondFactors;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Secrets;
import dev.interdict.server.wording.Sentence;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The accounts of people. Over the network an administrator lets people look, takes roles away and
/// shuts accounts. Who decides about rules or exemptions, or administers, gets that on the server's
/// own machine or from the identity provider: whoever could make such accounts here would be two
/// people. Thread-safe.
final class AccountsApi implements Operations.Resource {
  private static final int PASSWORD = 22;

  static final Schema.Words ROLE =
      new Schema.Words(Arrays.stream(Role.values()).map(Fields::written).toList());

  private static final Schema.Named ACCOUNT =
      Schema.named(
          "Account",
          needs("name", Schema.any()),
          needs("kind", Schema.words("local", "oidc", "break-glass")),
          needs("display", Schema.any()),
          needs("roles", Schema.list(ROLE, Role.values().length)),
          needs("scope", Schema.list(Schema.any(), Scope.MOST)),
          needs("created", Schema.instant()),
          may("disabled", Schema.instant()),
          may("valid-until", Schema.instant()),
          may("left", Schema.instant()),
          needs("second-factor", new Schema.Flag()));

  private static final Parameter NAME = Parameter.path("account", Schema.text(64), "Its name.");

  private final Accounts accounts;
  private final AccountDesk desk;
  private final SecondFactors factors;
  private final SecureRandom random;
  private final Listing list;

  AccountsApi(Accounts accounts, AccountDesk desk, SecondFactors factors, SecureRandom random) {
    this.accounts = accounts;
    this.desk = desk;
    this.factors = factors;
    this.random = random;
    list =
        Listing.whole(
            "accounts", ACCOUNT, List.of(), _ -> accounts.list(), this::json, Account::name);
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        list.page(
            "listAccounts",
            Reach.WHOLE,
            "The accounts of people by name, and what they may do",
            Role.AUDITOR,
            Role.ADMINISTRATOR),
        Operation.post(
                "/accounts",
                "createAccount",
                "Makes an account that may look; its password is in this answer alone")
            .takes(
                needs("name", Schema.text(64)),
                needs("roles", new Schema.Items(ROLE, Role.values().length)),
                may("scope", new Schema.Items(Schema.text(120), Scope.MOST)))
            .answers(
                201,
                Schema.named(
                    "NewAccount", needs("account", Schema.any()), needs("password", Schema.any())))
            .may(Role.ADMINISTRATOR)
            .refuses(409)
            .personal()
            .secret()
            .does(Reach.WHOLE, this::create),
        on("grant", "grantAccount", "Gives other roles and another scope; ends its sessions")
            .takes(
                needs("roles", new Schema.Items(ROLE, Role.values().length)),
                may("scope", new Schema.Items(Schema.text(120), Scope.MOST)))
            .does(Reach.WHOLE, this::grant),
        on("disable", "disableAccount", "Refuses its sign-in from now on; ends its sessions")
            .does(Reach.WHOLE, this::disable),
        on(
                "enable",
                "enableAccount",
                "Lets it sign in again, with the password and codes it had, if it looks alone")
            .does(Reach.WHOLE, this::enable));
  }

  private static Operation.Draft on(String verb, String id, String summary) {
    return Operation.post("/accounts/{account}/" + verb, id, summary)
        .with(NAME)
        .may(Role.ADMINISTRATOR)
        .refuses(409)
        .personal();
  }

  private HttpResponse create(Call call) {
    var roles = roles(call);
    needsTheMachine(roles, Set.of(), "create " + call.member("name") + asOptions(roles));
    var password = Secrets.fresh(random).substring(0, PASSWORD);
    try {
      if (!accounts.create(call.actor(), call.member("name"), password, roles, scope(call))) {
        throw Problem.conflict(
            Sentence.of("account.exists", "there is an account %s already", call.member("name")));
      }
    } catch (IllegalArgumentException e) {
      throw Problem.notDone(e);
    }
    return HttpResponse.json(
        201, Json.object().put("account", call.member("name")).put("password", password).build());
  }

  private HttpResponse grant(Call call) {
    var account = other(call);
    var roles = roles(call);
    needsTheMachine(roles, account.roles(), "grant " + account.name() + asOptions(roles));
    try {
      if (!Role.LOOKING.containsAll(roles) && !account.scope().includes(scope(call))) {
        throw Problem.notDone(
            Sentence.of(
                "account.wider",
                "whoever decides gets a wider scope on the server's own machine: interdict-server"
                    + " account grant %s",
                account.name()));
      }
      if (!desk.narrow(call.actor(), account, roles, scope(call))) {
        throw Problem.conflict(
            Sentence.of(
                "account.last",
                "it was changed meanwhile, or is the last one that administers; look again"));
      }
    } catch (IllegalArgumentException e) {
      throw Problem.notDone(e);
    }
    return HttpResponse.empty(204);
  }

  private HttpResponse disable(Call call) {
    var account = other(call);
    if (!desk.shut(call.actor(), account.name())) {
      throw Problem.conflict(
          Sentence.of(
              "account.disabled",
              "it is disabled already, or the last one that administers: without it nobody could"
                  + " undo this"));
    }
    return HttpResponse.empty(204);
  }

  private HttpResponse enable(Call call) {
    var account = other(call);
    if (account.leftAt() != null) {
      throw Problem.conflict(
          Sentence.of(
              "account.left",
              "the company's directory says that its person has left, and has to say that they are"
                  + " back; where it cannot: interdict-server account enable %s",
              account.name()));
    }
    if (account.kind() == Account.Kind.LOCAL && account.disabledAt() != null) {
      needsTheMachine(account.roles(), Set.of(), "enable " + account.name());
    }
    if (!accounts.enable(call.actor(), account.name())) {
      throw Problem.conflict(Sentence.of("account.enabled", "it is not disabled"));
    }
    return HttpResponse.empty(204);
  }

  /// The account that the path names, unless it is that of whoever asks.
  private Account other(Call call) {
    var name = call.text("account");
    if (name.equals(call.actor())) {
      throw Problem.notDone(
          Sentence.of(
              "account.own",
              "this is your own account: another administrator changes it, so that nobody gives"
                  + " himself anything and nobody locks himself out"));
    }
    return accounts.list().stream()
        .filter(
            account -> account.name().equals(name) && account.kind() != Account.Kind.BREAK_GLASS)
        .findAny()
        .orElseThrow(
            () -> Problem.missing(Sentence.of("account.none", "there is no account %s", name)));
  }

  /// @param command what does it there, below `interdict-server account`
  private static void needsTheMachine(Set<Role> wanted, Set<Role> has, String command) {
    var more = EnumSet.copyOf(wanted);
    more.removeAll(Role.LOOKING);
    more.removeAll(has);
    if (!more.isEmpty()) {
      throw Problem.notDone(
          Sentence.of(
              "account.roles",
              "the roles %s are given on the server's own machine, so that no administrator of the"
                  + " console makes himself a second person: interdict-server account %s",
              more.stream().map(Fields::written).collect(Collectors.joining(", ")),
              command));
    }
  }

  private static String asOptions(Set<Role> roles) {
    return roles.stream()
        .sorted()
        .map(role -> " --role " + Fields.written(role))
        .collect(Collectors.joining());
  }

  private static Set<Role> roles(Call call) {
    var roles = EnumSet.noneOf(Role.class);
    call.texts("roles")
        .forEach(word -> roles.add(Role.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'))));
    if (roles.isEmpty()) {
      throw Problem.value("roles", Sentence.of("account.no-role", "at least one role is needed"));
    }
    return roles;
  }

  private static Scope scope(Call call) {
    return Scope.of(call.texts("scope"));
  }

  private Json.Obj json(Account account) {
    return Json.object()
        .put("name", account.name())
        .put("kind", Fields.written(account.kind()))
        .put("display", account.display())
        .put("roles", Json.texts(account.roles().stream().sorted().map(Fields::written).toList()))
        .put("scope", Json.texts(account.scope().named()))
        .put("created", account.createdAt().toString())
        .put("disabled", Answers.text(account.disabledAt()))
        .put("valid-until", Answers.text(account.validUntil()))
        .put("left", Answers.text(account.leftAt()))
        .put("second-factor", factors.isAskedFor(account.name()))
        .build();
  }
}
