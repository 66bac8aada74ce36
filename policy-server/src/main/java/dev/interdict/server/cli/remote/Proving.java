package dev.interdict.server.cli.remote;

import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/// Gives a password or a code once more where a server asks for it, and keeps the session that it
/// goes on under.
///
/// @param name of the profile
/// @param console where whoever is asked may sit
record Proving(Profiles profiles, String name, Console console) {

  Profile renew(RemoteServer server, Profile profile, Credential.SignedIn before) {
    var typed =
        console
            .passphrases()
            .ask("This step asks for your password, or a code of your authenticator app");
    if (typed == null || typed.length == 0) {
      throw new Failure(
          Exit.REFUSED,
          "the server asks for your password or a code, which only a person at a terminal can"
              + " give");
    }
    var given = new String(typed);
    Arrays.fill(typed, ' ');
    var what = given.matches("[0-9]{6}") ? "code" : "password";
    var answer = server.ask("/session/prove", Json.object().put(what, given).build());
    var cookie = answer.cookie();
    if (!answer.isDone() || cookie == null) {
      throw new Failure(Exit.REFUSED, "the server does not take it: " + answer.why());
    }
    var csrf = answer.text("csrf");
    var renewed =
        new Profile(
            profile.server(),
            new Credential.SignedIn(cookie, csrf.isEmpty() ? before.csrf() : csrf),
            profile.authorities());
    try {
      profiles.put(name, renewed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return renewed;
  }
}
