package dev.interdict.server.access.oidc;

import dev.interdict.server.access.Accounts;
import dev.interdict.server.access.LoginOutcome;
import dev.interdict.server.access.Sessions;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Secrets;
import dev.interdict.server.store.Sql;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signing in by the provider. What was begun in one browser ends there, once, within ten minutes.
/// Thread-safe.
public final class OidcLogin {
  /// Where the provider sends people back, below the console's address.
  public static final String CALLBACK = "/login/oidc/back";

  private static final Logger LOG = LoggerFactory.getLogger(OidcLogin.class);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /// What was begun and not ended is known for so long, so that whoever comes back to it is told
  /// that it took too long and gets to the page that they wanted by the next one.
  public static final Duration REMEMBERED = Duration.ofHours(1);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final OidcSettings settings;
  private final Provider provider;
  private final IdTokens tokens;
  private final Database database;
  private final Accounts accounts;
  private final Sessions sessions;
  private final SecureRandom random;
  private final InstantSource clock;
  private volatile @Nullable String trouble;

  public OidcLogin(
      OidcSettings settings,
      Database database,
      Accounts accounts,
      Sessions sessions,
      SecureRandom random,
      InstantSource clock) {
    this(settings, database, accounts, sessions, random, clock, PATIENCE);
  }

  /// @param patience for each answer of the provider
  OidcLogin(
      OidcSettings settings,
      Database database,
      Accounts accounts,
      Sessions sessions,
      SecureRandom random,
      InstantSource clock,
      Duration patience) {
    this.settings = settings;
    var client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(settings.tls())
            .build();
    this.provider = new Provider(settings, client, clock, patience);
    this.tokens = new IdTokens(settings, provider, clock);
    this.database = database;
    this.accounts = accounts;
    this.sessions = sessions;
    this.random = random;
    this.clock = clock;
  }

  /// What was begun.
  ///
  /// @param provider where the browser goes
  /// @param browser a secret for a cookie of this browser
  public record Begun(URI provider, String browser) {}

  /// What came back.
  public sealed interface Returned {
    /// Where the person wanted to go.
    String destination();
  }

  /// Somebody is in.
  public record Back(LoginOutcome.SignedIn signedIn, String destination) implements Returned {}

  /// Nobody is, for reasons of which the log has more.
  ///
  /// @param destination the console's first page where nobody knows of another
  public record Refused(Why why, String destination) implements Returned {}

  /// Why nobody is in, as far as whoever is at the browser can do something about it.
  public enum Why {
    /// It was begun more than ten minutes ago, has been ended already, or is another browser's.
    LATE,
    /// The provider sent the person back without a proof, such as after they cancelled there.
    DECLINED,
    /// No group of theirs is mapped to a role.
    GROUP,
    /// Their account is disabled here.
    ACCOUNT,
    /// The provider does not answer, or not so that it can be believed.
    PROVIDER
  }

  private record Waiting(String nonce, String verifier, String destination, Instant expires) {}

  /// Begins; empty if the provider does not answer as it must.
  ///
  /// @param again whether the person gives a credential anew, however lately that was
  public Optional<Begun> begin(String destination, boolean again) {
    try {
      var place = provider.metadata().authorization();
      var state = Secrets.fresh(random);
      var browser = Secrets.fresh(random);
      var nonce = Secrets.fresh(random);
      var verifier = Secrets.fresh(random);
      var now = clock.instant();
      database.write(connection -> {
        Sql.update(
            connection,
            "delete from oidc_login where expires_at <= ?",
            now.minus(REMEMBERED).toEpochMilli());
        return Sql.update(
            connection,
            "insert into oidc_login (state_hash, browser_hash, nonce, verifier, destination,"
                + " expires_at) values (?,?,?,?,?,?)",
            Secrets.hash(state),
            Secrets.hash(browser),
            nonce,
            verifier,
            destination,
            now.plus(LONGEST).toEpochMilli());
      });
      var parameters =
          new TreeMap<>(
              Map.of(
                  "response_type",
                  "code",
                  "client_id",
                  settings.clientId(),
                  "redirect_uri",
                  settings.redirect().toString(),
                  "scope",
                  "openid " + String.join(" ", settings.scopes()),
                  "state",
                  state,
                  "nonce",
                  nonce,
                  "code_challenge",
                  challenge(verifier),
                  "code_challenge_method",
                  "S256"));
      if (again) {
        parameters.put("max_age", "0");
        parameters.put("prompt", "login");
      }
      var join = place.getRawQuery() == null ? "?" : "&";
      trouble = null;
      return Optional.of(new Begun(URI.create(place + join + Form.of(parameters)), browser));
    } catch (RefusedSignInException e) {
      trouble = String.valueOf(e.getMessage());
      LOG.atWarn().setCause(e).log("the identity provider cannot be asked");
      return Optional.empty();
    }
  }

  /// Why nobody could begin to sign in, the last time that somebody wanted to; null where they
  /// could.
  public @Nullable String trouble() {
    return trouble;
  }

  /// Ends what [#begin] began.
  ///
  /// @param code null where the provider gives none
  /// @param browser of the browser's cookie
  public Returned back(
      @Nullable String state, @Nullable String code, @Nullable String browser, String address) {
    var destination = "/";
    try {
      var waiting = state == null || browser == null ? null : taken(state, browser);
      if (waiting == null) {
        throw new RefusedSignInException(
            Why.LATE, "nothing was begun in this browser that may end now");
      }
      destination = waiting.destination();
      if (!waiting.expires().isAfter(clock.instant())) {
        throw new RefusedSignInException(Why.LATE, "it was begun more than ten minutes ago");
      }
      if (code == null) {
        throw new RefusedSignInException(Why.DECLINED, "the provider gave no code");
      }
      var subject = tokens.verified(provider.idToken(code, waiting.verifier()), waiting.nonce());
      var mapped =
          settings.groups().stream()
              .filter(each -> subject.groups().contains(each.group()))
              .toList();
      if (mapped.isEmpty()) {
        throw new RefusedSignInException(Why.GROUP, "no group of the person is mapped to a role");
      }
      var scope = mapped.getFirst().scope();
      // Roles of groups that see another part of the fleet would reach further than any group does.
      var roles =
          mapped.stream()
              .filter(each -> each.scope().equals(scope))
              .flatMap(each -> each.roles().stream())
              .collect(Collectors.toUnmodifiableSet());
      var account =
          accounts.vouchedFor(subject.vouched(settings.issuer().toString()), roles, scope);
      if (account == null) {
        throw new RefusedSignInException(
            Why.ACCOUNT, "the account is disabled, or its person has left as the directory tells");
      }
      var now = clock.instant();
      var at = subject.authenticatedAt();
      var proved = at == null ? Instant.EPOCH : at.isAfter(now) ? now : at;
      return new Back(sessions.open(account, address, proved), destination);
    } catch (RefusedSignInException e) {
      LOG.atWarn()
          .addKeyValue("address", address)
          .addKeyValue("why", e.getMessage())
          .log("a sign-in by the identity provider was refused");
      return new Refused(e.why(), destination);
    }
  }

  /// Whoever takes it first has it, at whatever server.
  private @Nullable Waiting taken(String state, String browser) {
    return database.write(connection -> {
      var waiting =
          Sql.first(
              connection,
              "select nonce, verifier, destination, expires_at from oidc_login where state_hash ="
                  + " ?",
              row ->
                  new Waiting(
                      row.getString(1),
                      row.getString(2),
                      row.getString(3),
                      Instant.ofEpochMilli(row.getLong(4))),
              Secrets.hash(state));
      // In another browser nothing goes, and nothing is taken.
      var gone =
          Sql.update(
              connection,
              "delete from oidc_login where state_hash = ? and browser_hash = ?",
              Secrets.hash(state),
              Secrets.hash(browser));
      return gone == 1 ? waiting : null;
    });
  }

  /// RFC 7636, section 4.2.
  private static String challenge(String verifier) {
    try {
      var hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
