import { Bone } from './Bone.tsx';
import { Page } from './Page.tsx';

export const PageSkeleton = () => (
  <Page>
    <div aria-busy="true" style={{ display: 'grid', gap: 16 }}>
      <Bone width="10em" height="1.9rem" />
      <Bone height="44px" />
      <Bone height="50vh" />
    </div>
  </Page>
);
