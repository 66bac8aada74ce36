package dev.interdict.server.access.oidc;

import dev.interdict.server.access.Role;
import dev.interdict.server.scope.Scope;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// What an administrator set about the identity provider.
///
/// @param issuer as the provider writes it, to the letter
/// @param secret the client's secret; empty for a public client, which PKCE alone protects
/// @param secretFile where it was read; null alike
/// @param console where people reach the console; the provider sends them back below it
/// @param groupsClaim the claim of the ID token that lists groups
/// @param scopes what is asked for besides `openid`; many providers name groups for one alone
/// @param allow hosts besides the issuer's where its endpoints may be inside
/// @param tls whose certificates the provider's may come from
/// @param caFile where they were read; null for those that Java trusts
/// @param groups what a group may do; a group that is not here gives nothing
public record OidcSettings(
    URI issuer,
    String clientId,
    String secret,
    @Nullable Path secretFile,
    URI console,
    String groupsClaim,
    List<String> scopes,
    Set<String> allow,
    SSLContext tls,
    @Nullable Path caFile,
    List<Mapping> groups) {
  /// What is asked for besides `openid` where nothing else was said.
  public static final List<String> SCOPES = List.of("profile", "email");

  /// RFC 6749, section 3.3.
  private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,100}");

  /// One group's roles and scope.
  public record Mapping(String group, Set<Role> roles, Scope scope) {
    public Mapping {
      roles = Set.copyOf(roles);
      try {
        Role.check(roles, scope);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("the group " + group + ": " + e.getMessage(), e);
      }
    }
  }

  public OidcSettings {
    groups = List.copyOf(groups);
    scopes = List.copyOf(scopes);
    allow = Set.copyOf(allow);
    for (var each : scopes) {
      if (!SCOPE.matcher(each).matches()) {
        throw new IllegalArgumentException("\"" + each + "\" is no scope, which has no spaces");
      }
    }
    checkPlace(issuer);
    checkPlace(console);
  }

  /// Whether an administrator named this host of the provider's.
  boolean isNamed(String host) {
    return host.equalsIgnoreCase(issuer.getHost())
        || allow.stream().anyMatch(host::equalsIgnoreCase);
  }

  /// Where the provider sends people back.
  URI redirect() {
    var text = console.toString();
    return URI.create(
        (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + OidcLogin.CALLBACK);
  }

  /// @throws IllegalArgumentException if what goes there could be read or changed on the way
  public static URI checkPlace(URI place) {
    var host = place.getHost();
    var own = "127.0.0.1".equals(host) || "localhost".equals(host) || "[::1]".equals(host);
    if (host == null
        || !("https".equals(place.getScheme()) || own && "http".equals(place.getScheme()))
        || place.getRawUserInfo() != null
        || place.getRawFragment() != null) {
      throw new IllegalArgumentException("\"" + place + "\" is no https address");
    }
    return place;
  }

  /// Leaves the secret out.
  @Override
  public String toString() {
    return "OidcSettings[" + issuer + ", " + clientId + "]";
  }
}
