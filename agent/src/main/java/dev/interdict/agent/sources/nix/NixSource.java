package dev.interdict.agent.sources.nix;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Links;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.identity.PackageUrl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Packages in the profiles of Nix: the machine's, those of users that Nix knows of (its own folder
/// of profiles, and its roots in homes), and the running NixOS system. A package that only an
/// earlier generation holds is still there and can be switched back to.
///
/// All of it is found from the machine's side, since the store is no part of a home; an item names
/// no owner and has no parts, for the store is Nix's.
///
/// Does not see: what lies in the store without a profile (`nix run`, `nix-shell`, results of
/// builds); packages of a whole system without a command in its `bin`; earlier generations of a
/// whole system; stores elsewhere.
public final class NixSource implements Source {
  private static final BytePath PROFILES = BytePath.parse("/nix/var/nix/profiles");
  private static final BytePath ROOTS = BytePath.parse("/nix/var/nix/gcroots/auto");

  private static final Pattern GENERATION =
      Pattern.compile("([A-Za-z0-9_][A-Za-z0-9+._?=-]*)-([0-9]{1,9})-link");

  /// A profile of channels holds recipes, one of systems is read as the running system.
  private static final Pattern OTHERS = Pattern.compile("channels|system");

  @Override
  public String name() {
    return "nix";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    // A home holds only links into the store.
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    profiles(places).forEach((profile, generations) -> profile(places, profile, generations));
    environment(places, BytePath.parse("/run/current-system"), "sw");
    var users = BytePath.parse("/etc/profiles/per-user");
    for (var entry : places.list(users)) {
      environment(places, users.resolve(entry.name()), "");
    }
  }

  /// The links of generations under the link that names the one in use.
  private static Map<BytePath, List<BytePath>> profiles(Places places) {
    var profiles = new LinkedHashMap<BytePath, List<BytePath>>();
    var folders = new ArrayList<>(places.find(BytePath.ROOT, "nix/var/nix/profiles"));
    folders.addAll(places.find(PROFILES, "per-user/*"));
    for (var folder : folders) {
      for (var entry : places.list(folder)) {
        if (entry.kind() == FileKind.LINK) {
          generation(folder.resolve(entry.name()), profiles);
        }
      }
    }
    for (var root : places.list(ROOTS)) {
      try {
        var target = places.tree().readLink(ROOTS.resolve(root.name()));
        var link = target == null ? null : Links.lexical(ROOTS, target);
        if (link != null) {
          generation(link, profiles);
        }
      } catch (UnreadableException e) {
        places.out().gap(e);
      }
    }
    return profiles;
  }

  private static void generation(BytePath link, Map<BytePath, List<BytePath>> profiles) {
    var match = match(link);
    if (match.matches() && !OTHERS.matcher(match.group(1)).matches()) {
      var generations =
          profiles.computeIfAbsent(link.parent().resolve(match.group(1)), _ -> new ArrayList<>());
      if (!generations.contains(link)) {
        generations.add(link);
      }
    }
  }

  private static Matcher match(BytePath link) {
    return GENERATION.matcher(link.nameText());
  }

  private static void profile(Places places, BytePath profile, List<BytePath> generations) {
    var seen = new HashSet<StorePath>();
    try {
      var text = places.tree().readLink(profile);
      var used = text == null ? null : Links.lexical(profile.parent(), text);
      // Where nothing says which one is in use, none is: the profile itself is no generation.
      var current = used == null ? profile : used;
      // The one in use first, so that what it holds is not taken for something left over.
      var ordered = new ArrayList<>(generations);
      ordered.sort((a, b) -> Boolean.compare(b.equals(current), a.equals(current)));
      for (var generation : ordered) {
        var store = Profile.target(places, generation);
        if (store.isPresent()) {
          for (var path : Profile.packages(places, store.get().path())) {
            if (seen.add(path)) {
              var origin = generation.equals(current) ? null : "earlier generation";
              report(places, generation, path, origin);
            }
          }
        }
      }
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  /// @param below where its `bin` lies in it
  private static void environment(Places places, BytePath link, String below) {
    try {
      var start = Profile.target(places, link);
      if (start.isPresent()) {
        var folder = start.get().path();
        var inside = below.isEmpty() ? folder : folder.resolve(below);
        var real = Links.real(places.tree(), BytePath.ROOT, inside);
        if (real != null) {
          for (var path : Profile.packages(places, real)) {
            report(places, link, path, "NixOS");
          }
        }
      }
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  private static void report(
      Places places, BytePath link, StorePath path, @Nullable String origin) {
    var purl = PackageUrl.of("nix", "", path.name());
    var versioned = path.version() == null ? purl : purl.withVersion(path.version());
    places
        .out()
        .item(
            new Item(
                "nix",
                new Identity.OfPackage(versioned),
                path.version(),
                null,
                link,
                List.of(),
                origin));
  }
}
