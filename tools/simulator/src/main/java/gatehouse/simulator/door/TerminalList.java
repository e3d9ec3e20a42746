package gatehouse.simulator.door;

import gatehouse.credential.CredentialListAnswer;
import gatehouse.credential.CredentialListCommand;
import gatehouse.credential.ListRefusal;
import gatehouse.credential.SignedCredentialList;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A terminal's list and how it answers the platform about it. */
final class TerminalList {

  private final DoorSetup setup;
  private final CredentialMemory memory;
  private final ListGuard guard;
  private final List<CredentialListAnswer.Refusal> refusals = new CopyOnWriteArrayList<>();

  private TerminalList(DoorSetup setup, CredentialMemory memory, NonceMemory nonces) {
    this.setup = setup;
    this.memory = memory;
    this.guard = new ListGuard(setup.community(), setup.device(), setup.platform(), nonces);
  }

  static TerminalList open(DoorSetup setup, NonceMemory nonces) throws IOException {
    return new TerminalList(setup, CredentialMemory.open(setup.list()), nonces);
  }

  CredentialMemory memory() {
    return memory;
  }

  List<CredentialListAnswer.Refusal> refusals() {
    return List.copyOf(refusals);
  }

  /** Carries a message out, or refuses it; either way there is an answer. */
  CredentialListAnswer take(byte[] message, boolean retained) throws IOException {
    Instant now = setup.clock().instant();
    String id = "";
    try {
      if (retained) {
        throw new ListRefusal(CredentialListAnswer.Refusal.MALFORMED);
      }
      // Who signed it may know why it is refused.
      id = idOf(message);
      CredentialListCommand command = guard.admit(message, now);
      if (command.action() == CredentialListCommand.Action.CHANGE) {
        memory.apply(command, now);
        return memory.answer(command, CredentialListAnswer.Outcome.APPLIED, now);
      }
      memory.heard(now);
      return memory.answer(command, CredentialListAnswer.Outcome.READ, now);
    } catch (ListRefusal e) {
      refusals.add(e.reason());
      return memory.refusal(id, e.reason(), now);
    }
  }

  private String idOf(byte[] message) {
    try {
      return SignedCredentialList.verify(message, setup.platform()).id();
    } catch (ListRefusal e) {
      return "";
    }
  }
}
