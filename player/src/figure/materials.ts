// SPDX-License-Identifier: Apache-2.0
// The shaders with the values they share: one set of uniforms, written once per frame.

import {
  Color,
  DoubleSide,
  type IUniform,
  Matrix4,
  ShaderMaterial,
  type ShaderMaterialParameters,
  Vector3,
  Vector4,
} from "three";
import type { Header } from "./asset";
import * as shaders from "./shaders";

export type Theme = "light" | "dark";
export type Uniforms = Record<string, IUniform>;

interface Mood {
  floor: readonly [string, number];
  /** What the skin turns into when one looks through it. */
  veil: string;
  shade: number;
  /** How bright the things in the room are. */
  props: number;
  rim: number;
}

const MOODS: Readonly<Record<Theme, Mood>> = {
  light: { floor: ["#efe5d5", 0.9], veil: "#7d94a3", shade: 1, props: 1, rim: 0.1 },
  dark: { floor: ["#2b3137", 0.9], veil: "#b9d0da", shade: 1.35, props: 0.62, rim: 0.26 },
};

/** A colour of the palette, linear as three keeps it; the shaders encode for the screen. */
function linear(hex: string): Color {
  return new Color(hex);
}

function ofTheScene(): Uniforms {
  return {
    shadowMap: { value: null },
    shadowMatrix: { value: new Matrix4() },
    shadowTexel: { value: 1 / 1024 },
    keyDirection: { value: new Vector3(0, 1, 0) },
    rimStrength: { value: 0.1 },
    propLight: { value: 1 },
    xray: { value: 0 },
    floorTint: { value: new Vector4() },
    floorMiddle: { value: new Vector3() },
    floorReach: { value: 2 },
    shadeStrength: { value: 1 },
    veilColour: { value: new Color() },
  };
}

function faceForms({ face }: Header): Uniforms {
  return {
    eyeForm: { value: new Vector4(...face.eye) },
    browForm: { value: new Vector4(...face.brow) },
    irisForm: { value: new Vector3(...face.iris) },
    mouthForm: { value: new Vector3(...face.mouth) },
    cheekForm: { value: new Vector3(...face.cheek) },
  };
}

function colours({ palette }: Header): Uniforms {
  const of = (role: string): IUniform => ({ value: linear(palette[role] ?? "#808080") });
  return {
    skinColour: of("skin"),
    blushColour: of("blush"),
    lipColour: of("lips"),
    hairColour: of("hair"),
    tieColour: of("tie"),
    leggingsColour: of("leggings"),
    topColour: of("top"),
    glowLow: of("glow-low"),
    glowHigh: of("glow-high"),
    boneColour: of("bone"),
    restColour: of("muscle"),
  };
}

export class Materials {
  readonly uniforms: Uniforms;
  readonly skin: ShaderMaterial;
  readonly skinDepth: ShaderMaterial;
  readonly veil: ShaderMaterial;
  readonly inner: ShaderMaterial;
  readonly floor: ShaderMaterial;
  readonly propDepth: ShaderMaterial;
  readonly #props = new Map<string, ShaderMaterial>();
  readonly #defines: Record<string, number>;

  constructor(
    private readonly header: Header,
    bones: Float32Array,
    blobs: Float32Array,
    head: readonly [number, number, number],
  ) {
    this.#defines = { BONES: bones.length / 12, BLOBS: blobs.length / 4 };
    this.uniforms = {
      bones: { value: bones },
      blobs: { value: blobs },
      headPlace: { value: new Vector3(...head) },
      ...ofTheScene(),
      ...faceForms(header),
      ...colours(header),
    };
    this.skin = this.#made(shaders.SKIN_VERTEX, shaders.SKIN_FRAGMENT, { premultipliedAlpha: true });
    const depth = { side: DoubleSide, colorWrite: false };
    this.skinDepth = this.#made(shaders.DEPTH_VERTEX, shaders.DEPTH_FRAGMENT, depth);
    this.veil = this.#made(shaders.DEPTH_VERTEX, shaders.DEPTH_FRAGMENT, {
      colorWrite: false,
      polygonOffset: true,
      polygonOffsetFactor: 1,
      polygonOffsetUnits: 1,
    });
    this.inner = this.#made(shaders.INNER_VERTEX, shaders.INNER_FRAGMENT, {});
    this.propDepth = this.#made(shaders.PROP_DEPTH_VERTEX, shaders.DEPTH_FRAGMENT, depth);
    this.floor = this.#made(shaders.PROP_VERTEX, shaders.FLOOR_FRAGMENT, {
      transparent: true,
      premultipliedAlpha: true,
      depthWrite: false,
    });
  }

  #made(vertexShader: string, fragmentShader: string, more: ShaderMaterialParameters): ShaderMaterial {
    const material = new ShaderMaterial({ vertexShader, fragmentShader, defines: this.#defines, ...more });
    material.uniforms = this.uniforms;
    return material;
  }

  /** The material of props of a colour role. */
  prop(role: string): ShaderMaterial {
    const known = this.#props.get(role);
    if (known) return known;
    const material = this.#made(shaders.PROP_VERTEX, shaders.PROP_FRAGMENT, {});
    material.uniforms = { ...this.uniforms, colour: { value: linear(this.header.palette[role] ?? "#808080") } };
    this.#props.set(role, material);
    return material;
  }

  theme(theme: Theme): void {
    const mood = MOODS[theme];
    const tint = linear(mood.floor[0]);
    this.put("floorTint", new Vector4(tint.r, tint.g, tint.b, mood.floor[1]));
    this.put("veilColour", linear(mood.veil));
    this.put("shadeStrength", mood.shade);
    this.put("propLight", mood.props);
    this.put("rimStrength", mood.rim);
  }

  /** Replaces a value that all materials share. */
  put(name: string, value: unknown): void {
    const uniform = this.uniforms[name];
    if (uniform) uniform.value = value;
  }

  dispose(): void {
    const { skin, skinDepth, veil, inner, floor, propDepth } = this;
    for (const material of [skin, skinDepth, veil, inner, floor, propDepth, ...this.#props.values()]) {
      material.dispose();
    }
  }
}
