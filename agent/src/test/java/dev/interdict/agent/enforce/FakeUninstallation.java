package dev.interdict.agent.enforce;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.Part;
import java.util.List;
import java.util.Set;

/// A removal that only writes down what it was asked to do.
///
/// @param done one line for each act
public record FakeUninstallation(
    Outcome forecast,
    List<Part> files,
    Set<FileId> scripts,
    Set<FileId> programs,
    Outcome removal,
    List<String> done)
    implements Uninstallation {

  @Override
  public Outcome carryOut() {
    done.add("uninstall");
    return removal;
  }

  @Override
  public void close() {
    done.add("let go");
  }
}
