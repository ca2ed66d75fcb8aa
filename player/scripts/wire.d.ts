// SPDX-License-Identifier: Apache-2.0

/** The text of src/wire.generated.ts as the schema of the site asks for it. */
export function types(): Promise<string>;
