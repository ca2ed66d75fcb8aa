// SPDX-License-Identifier: Apache-2.0
// What three.js draws: the figure, the things round it, the floor, and the shadow map before them.

import {
  BufferAttribute,
  BufferGeometry,
  CircleGeometry,
  DepthTexture,
  type Group,
  Matrix4,
  Mesh,
  NearestFilter,
  OrthographicCamera,
  PerspectiveCamera,
  Scene,
  Vector3,
  type WebGLRenderer,
  WebGLRenderTarget,
} from "three";
import type { Asset, Mesh as Body } from "./asset";
import type { Prop } from "./clip";
import type { Heat } from "./heat";
import type { Materials } from "./materials";
import { type Box, FIELD_DEG, type Sight, axes } from "./orbit";
import { propMeshes } from "./props";

const SHADOW_SIZE = 1024;
const KEY_TURN_DEG = -48;
const KEY_ELEVATION_DEG = 52;
const MAT_THICKNESS = 0.012;

function geometryOf(body: Body): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setIndex(new BufferAttribute(body.triangles, 1));
  geometry.setAttribute("position", new BufferAttribute(body.positions, 3));
  geometry.setAttribute("normal", new BufferAttribute(body.normals, 3));
  geometry.setAttribute("boneIndex", new BufferAttribute(body.bones, 4));
  geometry.setAttribute("boneWeight", new BufferAttribute(body.weights, 4));
  geometry.setAttribute("heat", new BufferAttribute(new Uint8Array(2 * body.count), 2, true));
  return geometry;
}

function pour(geometry: BufferGeometry, heat: Heat): void {
  const attribute = geometry.getAttribute("heat") as BufferAttribute;
  (attribute.array as Uint8Array).set(heat);
  attribute.needsUpdate = true;
}

export class World {
  readonly #scene = new Scene();
  readonly #shade = new Scene();
  readonly #camera = new PerspectiveCamera(FIELD_DEG, 1, 0.05, 30);
  readonly #sun = new OrthographicCamera();
  readonly #map: WebGLRenderTarget;
  readonly #skin: BufferGeometry;
  readonly #inner: BufferGeometry;
  readonly #floor: Mesh;
  readonly #xrayOnly: Mesh[];
  #props: Group[] = [];

  constructor(
    asset: Asset,
    private readonly materials: Materials,
  ) {
    this.#skin = geometryOf(asset.skin);
    this.#skin.setAttribute("garment", new BufferAttribute(asset.garments, 3));
    this.#inner = geometryOf(asset.inner);
    const bone = Float32Array.from(asset.kinds, (kind) => (kind === 255 ? 1 : 0));
    this.#inner.setAttribute("bone", new BufferAttribute(bone, 1));
    this.#map = new WebGLRenderTarget(SHADOW_SIZE, SHADOW_SIZE, {
      depthTexture: new DepthTexture(SHADOW_SIZE, SHADOW_SIZE),
      minFilter: NearestFilter,
      magFilter: NearestFilter,
    });
    materials.put("shadowMap", this.#map.depthTexture);
    materials.put("shadowTexel", 1 / SHADOW_SIZE);
    this.#floor = new Mesh(new CircleGeometry(1, 64).rotateX(-Math.PI / 2), materials.floor);
    this.#add(this.#floor, this.#scene, 0);
    this.#add(new Mesh(this.#skin, materials.skin), this.#scene, 3);
    const inner = this.#add(new Mesh(this.#inner, materials.inner), this.#scene, 1);
    const veil = this.#add(new Mesh(this.#skin, materials.veil), this.#scene, 2);
    this.#xrayOnly = [inner, veil];
    this.#add(new Mesh(this.#skin, materials.skinDepth), this.#shade, 0);
    this.xray(false);
  }

  #add(mesh: Mesh, scene: Scene, order: number): Mesh {
    mesh.frustumCulled = false;
    mesh.renderOrder = order;
    scene.add(mesh);
    return mesh;
  }

  heat(skin: Heat, inner: Heat): void {
    pour(this.#skin, skin);
    pour(this.#inner, inner);
  }

  xray(on: boolean): void {
    this.materials.put("xray", on ? 1 : 0);
    this.materials.skin.transparent = on;
    for (const mesh of this.#xrayOnly) mesh.visible = on;
  }

  /** Puts the props of a clip round the figure, which moves inside `box`. */
  furnish(props: readonly Prop[], box: Box): void {
    this.#clear();
    this.#props = props.map((prop) => propMeshes(prop, (role) => this.materials.prop(role)));
    // A copy of the list: shadows join it on the way.
    for (const group of [...this.#props]) {
      this.#scene.add(group);
      if (group.userData["kind"] !== "mat") this.#castShadow(group);
    }
    const floor = props.some(({ kind }) => kind === "mat") ? -MAT_THICKNESS : 0;
    const reach = 0.75 * Math.hypot(box.high[0] - box.low[0], box.high[2] - box.low[2]) + 0.75;
    const middle = new Vector3((box.low[0] + box.high[0]) / 2, floor, (box.low[2] + box.high[2]) / 2);
    this.#floor.position.copy(middle);
    this.#floor.scale.setScalar(reach);
    this.materials.put("floorMiddle", middle);
    this.materials.put("floorReach", reach);
  }

  #castShadow(group: Group): void {
    const copy = group.clone();
    copy.traverse((part) => {
      if (part instanceof Mesh) part.material = this.materials.propDepth;
    });
    this.#shade.add(copy);
    this.#props.push(copy);
  }

  #clear(): void {
    for (const group of this.#props) {
      group.removeFromParent();
      group.traverse((part) => {
        if (part instanceof Mesh) (part.geometry as BufferGeometry).dispose();
      });
    }
    this.#props = [];
  }

  /** Draws one frame as seen from `sight`, for a picture of `width` by `height`. */
  draw(renderer: WebGLRenderer, sight: Readonly<Sight>, box: Box, width: number, height: number): void {
    this.#aim(sight, width, height);
    this.#light(sight, box);
    renderer.setRenderTarget(this.#map);
    renderer.clear();
    renderer.render(this.#shade, this.#sun);
    renderer.setRenderTarget(null);
    renderer.clear();
    renderer.render(this.#scene, this.#camera);
  }

  #aim(sight: Readonly<Sight>, width: number, height: number): void {
    const [, , back] = axes(sight.azimuthDeg, sight.elevationDeg);
    const target = new Vector3(...sight.target);
    const camera = this.#camera;
    const half = Math.tan((FIELD_DEG * Math.PI) / 360) * Math.max(1, height / width);
    camera.fov = (Math.atan(half) * 360) / Math.PI;
    camera.aspect = width / height;
    camera.updateProjectionMatrix();
    camera.position.copy(target).addScaledVector(new Vector3(...back), sight.distance);
    camera.lookAt(target);
    camera.updateMatrixWorld(true);
  }

  /** The key light comes over the viewer's shoulder. */
  #light(sight: Readonly<Sight>, box: Box): void {
    const [, , key] = axes(sight.azimuthDeg + KEY_TURN_DEG, KEY_ELEVATION_DEG);
    const direction = new Vector3(...key);
    const [low, high] = [new Vector3(...box.low), new Vector3(...box.high)];
    const middle = low.clone().add(high).multiplyScalar(0.5);
    const radius = high.distanceTo(low) / 2 + 0.1;
    const sun = this.#sun;
    sun.left = sun.bottom = -radius;
    sun.right = sun.top = radius;
    sun.near = 0;
    sun.far = 2 * radius;
    sun.position.copy(middle).addScaledVector(direction, radius);
    sun.lookAt(middle);
    sun.updateProjectionMatrix();
    sun.updateMatrixWorld(true);
    const bias = new Matrix4().set(0.5, 0, 0, 0.5, 0, 0.5, 0, 0.5, 0, 0, 0.5, 0.5, 0, 0, 0, 1);
    const matrix = bias.multiply(sun.projectionMatrix).multiply(sun.matrixWorldInverse);
    this.materials.put("keyDirection", direction);
    this.materials.put("shadowMatrix", matrix);
  }

  dispose(): void {
    this.#clear();
    this.#skin.dispose();
    this.#inner.dispose();
    this.#floor.geometry.dispose();
    this.#map.depthTexture?.dispose();
    this.#map.dispose();
    this.materials.dispose();
  }
}
