import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import type { MadePasskey, UsedPasskey } from "@/lib/accounts/schema";

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest();

/** What a device is told to do, and where it believes to be; tests change it. */
export interface Task {
  challenge: string;
  host: string;
  origin: string;
  /** Whether it knew who its user is. */
  verified?: boolean;
}

/** A device with one passkey, as browsers hand on what it makes (ES256, no attestation). */
export class Authenticator {
  readonly id = randomBytes(32);
  counter = 0;
  private readonly key: KeyObject;
  private readonly point: { x: Buffer; y: Buffer };

  constructor(private readonly userHandle: string) {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    this.key = privateKey;
    this.point = { x: Buffer.from(x, "base64url"), y: Buffer.from(y, "base64url") };
  }

  /** Makes its passkey. */
  make(task: Task): MadePasskey {
    const cose = new Map<number, number | Uint8Array>([
      ...([
        [1, 2],
        [3, -7],
        [-1, 1],
      ] as const),
      [-2, new Uint8Array(this.point.x)],
      [-3, new Uint8Array(this.point.y)],
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.id, isoCBOR.encode(cose)]);
    const attestation = new Map<string, unknown>([
      ["fmt", "none"],
      ["attStmt", new Map()],
      ["authData", new Uint8Array(Buffer.concat([this.state(task, 0x40), attested]))],
    ]);
    return {
      ...this.named,
      response: {
        clientDataJSON: clientData("webauthn.create", task),
        attestationObject: base64url(isoCBOR.encode(attestation as Parameters<typeof isoCBOR.encode>[0])),
        transports: ["internal"],
      },
    };
  }

  /** Signs by its passkey. */
  use(task: Task): UsedPasskey {
    const state = this.state(task, 0);
    const clientDataJSON = clientData("webauthn.get", task);
    const signed = Buffer.concat([state, sha256(Buffer.from(clientDataJSON, "base64url"))]);
    const signature = base64url(createSign("sha256").update(signed).sign(this.key));
    const userHandle = base64url(Buffer.from(this.userHandle));
    return {
      ...this.named,
      response: { clientDataJSON, authenticatorData: base64url(state), signature, userHandle },
    };
  }

  private get named() {
    const id = base64url(this.id);
    return { id, rawId: id, type: "public-key" as const, clientExtensionResults: {} };
  }

  /** For whom it is, whether somebody was there (1) and known (4), and how often it was used. */
  private state({ host, verified = true }: Task, more: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([sha256(host), Buffer.from([1 | (verified ? 4 : 0) | more]), counter]);
  }
}

function clientData(type: string, { challenge, origin }: Task): string {
  return base64url(Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })));
}
