package dev.interdict.agent.sources.browsers;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.KnownPlaces;
import dev.interdict.agent.sources.reading.Links;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.json.Json;
import dev.interdict.policy.Residue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What makes a browser install an extension by itself, and again after it was taken away: policies
/// (`ExtensionInstallForcelist`, `ExtensionSettings`) and files that offer one extension each
/// ("Alternative extension installation methods"). Neither is an installation: each is residue of
/// kind `autostart`, with the extension's id.
///
/// A file in a home goes with the residue. What the machine has is an admin's and is only told.
///
/// Does not see: policies in the Windows registry, in macOS property lists and from a browser's
/// cloud management, and add-ons that a Firefox policy names by an address alone.
public final class ForcedSource implements Source {
  private static final String MAC = "Library/Application Support/";

  private static final List<String> POLICIES =
      List.of(
          "etc/opt/chrome/policies/managed",
          "etc/opt/chrome/policies/recommended",
          "etc/opt/chrome_for_testing/policies/managed",
          "etc/chromium/policies/managed",
          "etc/chromium/policies/recommended",
          "etc/chromium-browser/policies/managed",
          "etc/opt/edge/policies/managed",
          "etc/opt/edge/policies/recommended",
          "etc/brave/policies/managed",
          "etc/brave/policies/recommended",
          "etc/vivaldi/policies/managed",
          "etc/opt/opera/policies/managed",
          "etc/firefox/policies",
          "usr/lib/firefox/distribution",
          "usr/lib/firefox-esr/distribution",
          "usr/lib64/firefox/distribution",
          "opt/firefox/distribution",
          "Applications/Firefox.app/Contents/Resources/distribution",
          "Program Files/Mozilla Firefox/distribution");

  private static final List<String> OFFERS =
      List.of(
          "usr/share/google-chrome/extensions",
          "opt/google/chrome/extensions",
          "usr/share/chromium/extensions",
          "usr/share/microsoft-edge/extensions",
          "usr/share/brave/extensions",
          "usr/share/vivaldi/extensions",
          MAC + "Google/Chrome/External Extensions",
          MAC + "Chromium/External Extensions",
          MAC + "Microsoft/Edge/External Extensions",
          MAC + "BraveSoftware/Brave-Browser/External Extensions");

  @Override
  public String name() {
    return "forced";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    var known = new KnownPlaces(places);
    for (var browser : Browser.ALL) {
      known.find(browser.userData()).stream()
          .flatMap(userData -> places.find(userData, "External Extensions").stream())
          .forEach(folder -> offers(home.home(), places, folder));
    }
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    var known = new KnownPlaces(places);
    for (var pattern : OFFERS) {
      known.find(pattern).forEach(folder -> offers(null, places, folder));
    }
    for (var pattern : POLICIES) {
      known.find(pattern).forEach(folder -> policies(places, folder));
    }
  }

  /// Files named `ID.json`.
  private static void offers(@Nullable Home owner, Places places, BytePath folder) {
    for (var file : records(places, folder)) {
      var name = file.nameText();
      var id = name.substring(0, name.length() - ".json".length());
      if (ChromeProfile.isId(id)) {
        try {
          var fact = places.tree().stat(file);
          var parts =
              fact == null || owner == null
                  ? List.<Part>of()
                  : List.of(new Part(Part.Role.MAIN, file, fact.id(), fact.kind()));
          residue(places, owner, file, parts, id, "offered to the browser by a file");
        } catch (UnreadableException e) {
          places.out().gap(e);
        }
      }
    }
  }

  private static void policies(Places places, BytePath folder) {
    for (var file : records(places, folder)) {
      try {
        var real = Links.real(places.tree(), places.within(), file);
        if (real != null && Metadata.object(places.tree(), real) instanceof Json.Obj policy) {
          for (var id : forced(policy)) {
            residue(places, null, file, List.of(), id, "forced by policy");
          }
        }
      } catch (UnreadableException e) {
        places.out().gap(e);
      }
    }
  }

  private static List<BytePath> records(Places places, BytePath folder) {
    return places.list(folder).stream()
        .filter(entry -> entry.kind() != FileKind.DIRECTORY)
        .map(entry -> folder.resolve(entry.name()))
        .filter(file -> file.nameText().endsWith(".json"))
        .toList();
  }

  /// The ids that a policy installs. Firefox has its policies in a member of that name.
  static Set<String> forced(Json.Obj policy) {
    var ids = new LinkedHashSet<String>();
    if (policy.get("ExtensionInstallForcelist") instanceof Json.Arr(var entries)) {
      for (var entry : entries) {
        if (entry instanceof Json.Text(var text)) {
          // An address to fetch it from may follow.
          ids.add(text.split(";", 2)[0].strip());
        }
      }
    }
    var firefox = policy.get("policies") instanceof Json.Obj inner ? inner : policy;
    for (var settings : Stream.of(policy, firefox).distinct().toList()) {
      if (settings.get("ExtensionSettings") instanceof Json.Obj extensions) {
        extensions
            .members()
            .forEach((id, setting) -> {
              if (setting instanceof Json.Obj of
                  && String.valueOf(Metadata.text(of, "installation_mode"))
                      .endsWith("_installed")) {
                ids.add(id);
              }
            });
      }
    }
    ids.removeIf(id -> !ChromeProfile.isId(id) && !FirefoxAddons.isId(id));
    return ids;
  }

  private static void residue(
      Places places,
      @Nullable Home owner,
      BytePath file,
      List<Part> parts,
      String id,
      String origin) {
    places
        .out()
        .item(
            new Item(
                "forced",
                new Identity.OfResidue(Residue.AUTOSTART, id),
                null,
                owner,
                file,
                parts,
                origin));
  }
}
