package dev.interdict.agent.platform.linux.managers;

import dev.interdict.agent.enforce.ManagedPackage;
import dev.interdict.agent.inventory.BytePath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The packages of one manager. Seam: a new manager is one file that implements this. Every method
/// but [#remove] leaves the machine as it is; all but [#named] are called only with what it gave.
interface Packages {

  /// The source of the inventory that sees these packages.
  String manager();

  /// What the package is called in an argument, by the manager's grammar; empty where the name,
  /// version or architecture is none.
  Optional<Named> named(ManagedPackage managed);

  /// A package whose name was checked.
  ///
  /// @param argument names exactly one package to the manager
  /// @param name without version and architecture
  /// @param version that it must have; null where no record states one
  /// @param record the file that the inventory read
  record Named(String argument, String name, @Nullable String version, BytePath record) {}

  /// How the package stands in the manager's database.
  ///
  /// @param version as the database states it; null where it states none
  /// @param whole whether it is installed and nothing was left half done
  /// @param state in the manager's own word
  record Installed(@Nullable String version, boolean whole, String state) {
    static Installed whole(@Nullable String version) {
      return new Installed(version, true, "installed");
    }
  }

  /// How the package stands; empty where nothing of its programs is installed.
  Optional<Installed> installed(Named named) throws NotRemovedException;

  /// Returns where this package would go and nothing else.
  ///
  /// @throws NotRemovedException with the list of what else would go or break; also where the
  ///   answer is not understood
  void rehearse(Named named) throws NotRemovedException;

  /// The files of the package, from the machine's root; folders may be among them.
  List<BytePath> files(Named named) throws NotRemovedException;

  /// Returns unless the manager calls the package one that the machine cannot do without.
  default void requireDispensable(Named named) throws NotRemovedException {}

  /// Those of some files of the package that no other one has as well. Nothing where the manager
  /// cannot say.
  default Set<BytePath> alone(Named named, List<BytePath> files) throws NotRemovedException {
    return Set.of();
  }

  /// Whether its files lie in a mount that ends with it. Nothing in it may be held open then.
  default boolean mounted() {
    return false;
  }

  /// Whether removing it would run any program of the root: its own scripts, or those of others
  /// that wait for it.
  boolean runsScripts(Named named) throws NotRemovedException;

  /// Removes it. Returns also where that did not go well: [#installed] says so.
  Reply remove(Named named) throws NotRemovedException;
}
