package dev.interdict.server.cli.setup;

import dev.interdict.server.access.KeptForms;
import dev.interdict.server.access.oidc.OidcLogin;
import dev.interdict.server.events.Afterwards;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.http.Router;
import dev.interdict.server.main.Parts;
import dev.interdict.server.main.Server;
import dev.interdict.server.publish.InForce;
import dev.interdict.server.web.Api;
import dev.interdict.server.web.Console;
import dev.interdict.server.web.OidcRoutes;
import dev.interdict.server.web.pages.Fleet;
import dev.interdict.server.web.pages.Pages;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/// What people see in a browser, on the admin listener: the console, and where the company's
/// identity provider sends them. Thread-safe.
///
/// @param oidc signs people in by their provider; null where there is none
record ConsoleRoutes(OpenFolder open, @Nullable OidcLogin oidc) implements Server.Pages {

  static ConsoleRoutes of(OpenFolder open) {
    var provider = open.config().access().oidc();
    var parts = open.parts();
    return new ConsoleRoutes(
        open,
        provider == null
            ? null
            : new OidcLogin(
                provider,
                parts.database(),
                parts.accounts(),
                parts.sessions(),
                new SecureRandom(),
                parts.clock()));
  }

  @Override
  public void addTo(Router router, Api api) {
    var parts = open.parts();
    var console = console(parts);
    console.addTo(router, api);
    console.commandLines(parts.commandLines(), parts.clock()).addTo(router);
    if (oidc != null) {
      new OidcRoutes(oidc, parts.clock()).addTo(router);
      console
          .keptForms(new KeptForms(parts.database(), new SecureRandom(), parts.clock()))
          .addTo(router);
    }
  }

  private Console console(Parts parts) {
    var fleet =
        new Fleet(
            parts.compliance(),
            new InForce(open.publications()),
            parts.clock(),
            open.config().silentAfter(),
            open.config().reports().zone(),
            new Afterwards(parts.database()),
            new Cases(parts.database())::requests,
            open.settings().contact());
    return new Console(
        Pages.of(fleet, parts.looks()),
        fleet,
        parts.sessions(),
        parts.gate(),
        open.config().access().oidc() != null,
        new SecureRandom());
  }
}
